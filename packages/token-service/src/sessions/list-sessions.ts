import type { RequestHandler } from 'express';
import * as v from 'valibot';
import { objectMessage, readQuery } from '../http/read-input.ts';
import type { ServiceContext } from '../service-context.ts';
import { isKeepable } from '../store/is-keepable.ts';
import type { StoredSession } from '../store/store.ts';
import { liveBoundsAt } from './session-lifetime.ts';

const maxSessions = 1000;

const text = v.pipe(
  v.string('must be one text'),
  v.maxLength(256, 'is too long'),
  v.check(isKeepable, 'must be without NUL'),
);
/** Which sessions to list. */
export const sessionListQuery = v.strictObject(
  {
    sub: v.exactOptional(text),
    kid: v.exactOptional(text),
    limit: v.exactOptional(
      v.pipe(
        v.string('must be one number'),
        v.regex(/^[1-9]\d{0,3}$/, 'must be a number from 1 to 1000'),
        v.transform(Number),
        v.maxValue(maxSessions, 'must be a number from 1 to 1000'),
      ),
      '100',
    ),
  },
  objectMessage,
);

/** `GET /api/v1/sessions?sub=&kid=&limit=`: live sessions, newest first; `more` when the limit cut them. */
export function listSessions({ store, steadyNow, lifetime }: ServiceContext): RequestHandler {
  return async (request, response) => {
    const { limit, ...filter } = readQuery(sessionListQuery, request.query);
    const now = steadyNow();
    const found = await store.listSessions({
      ...filter,
      ...liveBoundsAt(now, lifetime),
      now,
      limit: limit + 1,
    });
    response.json({ sessions: found.slice(0, limit).map(viewOf), more: found.length > limit });
  };
}

function viewOf({ id, kid, sub, timeZone, theme, language, openedAt, seenAt }: StoredSession) {
  return {
    ...{ id, kid, sub, timeZone, theme, language },
    openedAt: new Date(openedAt).toISOString(),
    seenAt: new Date(seenAt).toISOString(),
  };
}
