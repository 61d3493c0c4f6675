import {
  type CheckOptions,
  checkClaims,
  type Finding,
  findingOf,
  parseStrictJson,
} from '@vitrine/claims';
import { mintToken, TokenError } from '@vitrine/tokens';
import type { RequestHandler } from 'express';
import * as v from 'valibot';
import { objectMessage, readBody } from '../http/read-input.ts';
import type { Secret } from '../keys/secret-ring.ts';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';
import type { StoredConfiguration } from '../store/store.ts';
import { checkOptionsOf } from './check-options-of.ts';

const maxFindings = 200;

const fixed = <Value extends string>(value: Value) =>
  v.exactOptional(v.literal(value, `must be ${value}, or not be there`));

/** What to mint, and with which key. */
export const generateBody = v.strictObject(
  {
    header: v.strictObject(
      {
        kid: v.string('must be a text'),
        typ: fixed('JWT'),
        alg: fixed('RSA-OAEP-256'),
        enc: fixed('A128GCM'),
        zip: fixed('DEF'),
      },
      objectMessage,
    ),
    payload: v.record(v.string(), v.unknown(), 'must be an object'),
    secret: v.string('must be a text'),
  },
  objectMessage,
);

/**
 * `POST …/generate`: the token as text, after the levels structure and logic (VAL-2). Findings come
 * with 422 `token_invalid`, all at once. The secret is not written anywhere. For a configuration in signed mode there is no
 * way through here: the signing key is the issuer's alone, and would not be its alone any more if it were sent.
 */
export function generateToken(context: ServiceContext): RequestHandler {
  const { configurations, secretRing, wallNow, log, audit } = context;
  return async (request, response) => {
    const { header, payload, secret: secretText } = readBody(generateBody, parseBody(request.body));
    const { kid } = header;
    const configuration = await configurations.find(kid);
    const checks: CheckOptions =
      configuration === undefined
        ? { use: 'mint', now: wallNow() / 1000 }
        : checkOptionsOf(configuration, 'mint', context);
    const secret = await secretRing.find(secretText);
    const keyFinding = keyFindingOf(configuration, secret);
    if (secret === undefined || keyFinding !== undefined) {
      throw invalid([
        keyFinding ?? findingOf('public_key_invalid'),
        ...checkClaims(payload, checks).findings,
      ]);
    }
    const sub = typeof payload.sub === 'string' ? payload.sub : '';
    const token = await audit.beside({ act: 'token.generate', kid, sub }, () =>
      mint(payload, { ...checks, kid, publicKey: secret.key }),
    );
    log.info({ event: 'token_generated', kid });
    response.type('text/plain').send(token);
  };
}

/** Strictly, since a number that changes on the way would select another customer's rows (B-3). */
function parseBody(text: unknown): unknown {
  const { value, findings } = parseStrictJson(typeof text === 'string' ? text : '', {
    levelsAround: 1,
  });
  if (findings.length > 0) throw invalid(findings.map(inClaims));
  return value;
}

/** Pointers of findings lead into the claims, not into the body around them. */
function inClaims(finding: Finding): Finding {
  return { ...finding, pointer: finding.pointer.replace(/^\/payload(?=\/|$)/, '') };
}

function keyFindingOf(
  configuration: StoredConfiguration | undefined,
  secret: Secret | undefined,
): Finding | undefined {
  if (configuration === undefined) return findingOf('kid_unknown');
  if (!configuration.enabled) return findingOf('kid_disabled');
  if (configuration.signature !== null) return findingOf('signing_key_needed');
  const isItsOwn = configuration.keys.some((key) => key.thumbprint === secret?.thumbprint);
  return isItsOwn ? undefined : findingOf('public_key_invalid');
}

async function mint(...input: Parameters<typeof mintToken>): Promise<string> {
  try {
    return await mintToken(...input);
  } catch (error) {
    if (error instanceof TokenError && error.code === 'claims_refused') {
      throw invalid(error.findings);
    }
    throw error;
  }
}

function invalid(findings: readonly Finding[]): Problem {
  return new Problem('token_invalid', { findings: findings.slice(0, maxFindings) });
}
