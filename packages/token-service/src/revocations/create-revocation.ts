import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';
import * as v from 'valibot';
import { objectMessage, readBody } from '../http/read-input.ts';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { isKeepable } from '../store/is-keepable.ts';
import type { Revocation } from '../store/store.ts';
import { viewOf } from './revocation-view.ts';

const textMessage = 'must be a text of 1 to 256 characters, without NUL';
const text = v.exactOptional(
  v.pipe(
    v.string(textMessage),
    v.nonEmpty(textMessage),
    v.maxLength(256, textMessage),
    v.check(isKeepable, textMessage),
  ),
);
/** The body of a revocation. */
export const revocationBody = v.pipe(
  v.strictObject(
    {
      ...{ jti: text, sub: text, kid: text },
      endSessions: v.exactOptional(v.boolean('must be true or false'), false),
    },
    objectMessage,
  ),
  v.check(({ jti, sub, kid }) => {
    const named = [jti, sub].filter((value) => value !== undefined).length;
    return named === 1 || (named === 0 && kid !== undefined);
  }, 'must name one of jti, sub and kid; kid may narrow the other two'),
);

/**
 * `POST …/revocations` `{jti|sub|kid, endSessions}` (TOK-18): 201 with the revocation and how many sessions it ended.
 * Revoking the same again moves its moment to now.
 */
export function createRevocation(context: ServiceContext): RequestHandler {
  const { store, wallNow, log, audit } = context;
  return async (request, response) => {
    const { endSessions, ...named } = readBody(revocationBody, request.body);
    const { kid } = named;
    if (kid !== undefined && (await store.findConfiguration(kid)) === undefined) {
      const errors = [{ pointer: '/kid', message: 'is no configuration' }];
      throw new Problem('body_invalid', { errors });
    }
    const revocation = revocationOf(named, wallNow());
    const { id, claim } = revocation;
    const endedSessions = await audit.around(
      { act: 'revocation.create', revocation: id, ...(kid !== undefined && { kid }) },
      () => store.revoke(revocation, { endSessions }),
    );
    log.info({ event: 'revoked', revocation: id, claim, kid, endSessions, endedSessions });
    response.status(201).json({ ...viewOf(revocation), endedSessions });
  };
}

function revocationOf(
  named: { readonly [Name in Revocation['claim']]?: string },
  revokedAt: number,
): Revocation {
  const claim = named.jti !== undefined ? 'jti' : named.sub !== undefined ? 'sub' : 'kid';
  const { [claim]: value = '' } = named;
  const narrowedTo = claim === 'kid' ? null : (named.kid ?? null);
  const name = JSON.stringify([claim, value, narrowedTo]);
  const id = createHash('sha256').update(name).digest('base64url').slice(0, 22);
  return { id, claim, value, kid: narrowedTo, revokedAt };
}
