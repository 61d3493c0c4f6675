import {
  type CheckOptions,
  checkReadClaims,
  type Finding,
  findingOf,
  parseStrictJson,
} from '@vitrine/claims';
import { suiteNamed, type TokenSuite, tokenSuites } from '@vitrine/tokens';
import * as v from 'valibot';
import type { Gate } from '../admin/require-admin.ts';
import { tokenBodyBytes } from '../http/json-body.ts';
import { type PlainHandler, plainHandler } from '../http/plain-handler.ts';
import { objectMessage, readBody } from '../http/read-input.ts';
import { readJsonText } from '../http/read-json-body.ts';
import type { Secret, SecretRing } from '../keys/secret-ring.ts';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';
import type { StoredConfiguration } from '../store/store.ts';
import { checkOptionsOf } from './check-options-of.ts';
import type { Minted } from './minter-thread.ts';

const maxFindings = 200;

const fixed = (...values: string[]) =>
  v.exactOptional(v.picklist(values, `must be ${values.join(' or ')}, or not be there`));

/** What to mint, and with which key. */
export const generateBody = v.strictObject(
  {
    header: v.strictObject(
      {
        kid: v.string('must be a text'),
        typ: fixed('JWT'),
        alg: fixed(...tokenSuites.map(({ alg }) => alg)),
        enc: fixed(...tokenSuites.map(({ enc }) => enc)),
        zip: fixed('DEF'),
      },
      objectMessage,
    ),
    payload: v.record(v.string(), v.unknown(), 'must be an object'),
    secret: v.union([v.string(), v.record(v.string(), v.unknown())], 'must be a text, or a JWK'),
  },
  objectMessage,
);

/**
 * `POST …/generate`: the token as text, after the levels structure and logic (VAL-2). Findings come
 * with 422 `token_invalid`, all at once. The secret is not written anywhere. For a configuration in signed mode there is no
 * way through here: the signing key is the issuer's alone, and would not be its alone any more if it were sent.
 */
export function generateToken(context: ServiceContext, gate: Gate): PlainHandler {
  const { configurations, secretRing, minter, wallNow, log, audit } = context;
  return plainHandler(async (request) => {
    gate(request);
    const body = parseBody(await readJsonText(request, tokenBodyBytes));
    const { header, payload, secret } = readBody(generateBody, body);
    const { kid } = header;
    const configuration = await configurations.find(kid);
    const checks: CheckOptions =
      configuration === undefined
        ? { use: 'mint', now: wallNow() / 1000 }
        : checkOptionsOf(configuration, 'mint', context);
    const { claims, findings } = checkReadClaims(payload, checks);
    const own = await ownSecret(textOf(secret), configuration, secretRing);
    const keyFinding = keyFindingOf(configuration, own?.suite, header);
    if (own === undefined || keyFinding !== undefined) {
      throw invalid([keyFinding ?? findingOf('public_key_invalid'), ...findings]);
    }
    if (claims === undefined) throw invalid(findings);
    const json = JSON.stringify(payload);
    const token = await audit.beside({ act: 'token.generate', kid, sub: claims.sub }, async () =>
      tokenOf(await minter.mint(json, { kid, suite: own.suite, secret: own.secret })),
    );
    log.info({ event: 'token_generated', kid });
    return { text: token, type: 'text/plain' };
  });
}

/** Strictly, since a number that changes on the way would select another customer's rows (B-3). */
function parseBody(text: string): unknown {
  const { value, findings } = parseStrictJson(text, { levelsAround: 1 });
  if (findings.length > 0) throw invalid(findings.map(inClaims));
  return value;
}

/** Pointers of findings lead into the claims, not into the body around them. */
function inClaims(finding: Finding): Finding {
  return { ...finding, pointer: finding.pointer.replace(/^\/payload(?=\/|$)/, '') };
}

const textOf = (secret: string | object) =>
  typeof secret === 'string' ? secret : JSON.stringify(secret);

/** The secret as the public half of one of the configuration's keys, with the suite of that key; undefined: of none. */
async function ownSecret(
  text: string,
  configuration: StoredConfiguration | undefined,
  secretRing: SecretRing,
): Promise<{ readonly secret: Secret; readonly suite: TokenSuite } | undefined> {
  for (const { suite: name, thumbprint } of configuration?.keys ?? []) {
    const suite = suiteNamed(name);
    if (suite === undefined) continue;
    const secret = await secretRing.find(text, suite);
    if (secret?.thumbprint === thumbprint) return { secret, suite };
  }
  return undefined;
}

function keyFindingOf(
  configuration: StoredConfiguration | undefined,
  suite: TokenSuite | undefined,
  { alg = suite?.alg, enc = suite?.enc }: { readonly alg?: string; readonly enc?: string },
): Finding | undefined {
  if (configuration === undefined) return findingOf('kid_unknown');
  if (!configuration.enabled) return findingOf('kid_disabled');
  if (configuration.signature !== null) return findingOf('signing_key_needed');
  if (suite === undefined) return findingOf('public_key_invalid');
  return alg === suite.alg && enc === suite.enc ? undefined : findingOf('suite_refused');
}

function tokenOf(minted: Minted): string {
  if ('token' in minted) return minted.token;
  if ('findings' in minted) throw invalid(minted.findings);
  throw new Error(`Minting failed: ${minted.fault}`);
}

function invalid(findings: readonly Finding[]): Problem {
  return new Problem('token_invalid', { findings: findings.slice(0, maxFindings) });
}
