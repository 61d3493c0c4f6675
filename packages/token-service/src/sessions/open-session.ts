/**
 * One accepted token becomes one session, counted in the transaction that makes it (SES-1).
 *
 *   header → unlock (configuration, RSA, signature) → origin of the page → claims → subject → strict content checks
 *   → revocation, session limits, rate, uses, row and count in one transaction
 *
 * Outside, every refusal with one code looks the same; the log says why.
 */
import { type Claims, parseClaims } from '@vitrine/claims';
import { readHeader, refusalOf, TokenError } from '@vitrine/tokens';
import * as v from 'valibot';
import { objectMessage, readInput } from '../http/read-input.ts';
import { isAllowedOrigin } from '../origins/is-allowed-origin.ts';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { checkOptionsOf } from '../tokens/check-options-of.ts';
import { type UnlockedToken, unlockToken } from '../tokens/unlock-token.ts';
import { Refusal } from './refusal.ts';
import { liveBoundsAt } from './session-lifetime.ts';
import { initialiserOf, newSessionSecret, sessionIdOf } from './session-secret.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';
import { tokenFactsOf } from './token-facts.ts';

const text = v.string('must be a text');
/** The body of the exchange. */
export const exchangeBody = v.strictObject(
  {
    webAccessToken: text,
    timeZone: v.exactOptional(text),
    theme: v.exactOptional(text),
    language: v.exactOptional(text),
  },
  objectMessage,
);

/** Written down when a token opens: claims that give more, or do less, than they seem to. */
const auditedCodes: ReadonlySet<string> = new Set([
  'acl_erased',
  'name_misplaced',
  'name_misspelt',
]);

/** Within a minute there is room again, whatever the opens before. */
const tooManyOpens = {
  detail: 'As many sessions were opened in the last minute as may be. Wait, then try again.',
  headers: { 'Retry-After': '60' },
};

/** What the client of a session holds. */
export interface OpenedSession {
  readonly webSessionToken: string;
  readonly initialiser: string;
}

/** Who asks for a session. */
export interface Opener {
  /** Whose budget a failure is charged to. */
  readonly address: string;
  /** Of a page that is none of this service. */
  readonly origin?: string | undefined;
}

/**
 * Opens a session for the body of an exchange.
 * Throws `Problem` with the codes of the exchange; `StateError`.
 */
export async function openSession(
  body: unknown,
  { address, origin }: Opener,
  context: ServiceContext,
): Promise<OpenedSession> {
  const { webAccessToken, ...wishes } = readInput(exchangeBody, body, {
    code: 'body_invalid',
    explain: false,
  });
  let kid: string | undefined;
  try {
    const header = readHeader(webAccessToken);
    kid = header.kid;
    const unlocked = await unlockToken(webAccessToken, header, context, address);
    // Told only to who holds a good token: whether there is such a configuration is nobody else's business.
    if (origin !== undefined && !isAllowedOrigin(origin, unlocked.configuration.origins)) {
      throw new Refusal('origin_refused', ['origin_refused']);
    }
    const claims = await admittedClaims(unlocked, context);
    return await enter(unlocked, claims, surroundingsOf(wishes), context);
  } catch (error) {
    const refusal = Refusal.of(error);
    if (refusal === undefined) throw error;
    const { code, reasons, options } = refusal;
    context.log.info({ event: 'token_refused', code, reasons, kid });
    throw new Problem(code, options);
  }
}

async function admittedClaims(unlocked: UnlockedToken, context: ServiceContext): Promise<Claims> {
  const { configuration } = unlocked;
  const { directory, log, audit } = context;
  const checks = checkOptionsOf(configuration, 'open', context);
  const { claims, findings } = parseClaims(unlocked.text, checks);
  if (claims === undefined) throw refusalOf(findings) ?? new TokenError('token_refused');
  if (!directory.hasSubject(claims.sub)) throw new Refusal('subject_unknown', ['subject_unknown']);
  if (directory.admit(claims, configuration) === 'refused') {
    throw new Refusal('token_refused', ['content_check']);
  }
  const audited = findings.map(({ code }) => code).filter((code) => auditedCodes.has(code));
  if (audited.length > 0) {
    log.warn({ event: 'token_opened_with_findings', kid: configuration.kid, findings: audited });
  }
  const { kid } = configuration;
  if (audited.includes('acl_erased'))
    await audit.write({ act: 'acl.erased', kid, sub: claims.sub });
  if (audited.some((code) => code !== 'acl_erased')) {
    await audit.write({ act: 'claims.misplaced', kid, sub: claims.sub });
  }
  return claims;
}

async function enter(
  { configuration, digest }: UnlockedToken,
  claims: Claims,
  surroundings: Surroundings,
  { store, claimsCache, lifetime, wallNow, steadyNow, log, metrics }: ServiceContext,
): Promise<OpenedSession> {
  const { kid } = configuration;
  const openedAt = steadyNow();
  const webSessionToken = newSessionSecret(openedAt);
  const id = sessionIdOf(webSessionToken);
  const json = JSON.stringify(claims);
  const outcome = await store.openSession(
    {
      ...{ id, kid, sub: claims.sub, tokenDigest: digest, claims: json, openedAt },
      ...{ ...surroundings, ...tokenFactsOf(claims, { configuration, digest, now: wallNow() }) },
    },
    liveBoundsAt(openedAt, lifetime),
  );
  if (outcome === 'not_in_service') throw new Refusal('token_refused', ['kid_disabled']);
  if (outcome === 'too_many_opens') throw new Refusal('rate_limited', [outcome], tooManyOpens);
  if (outcome !== 'opened') throw new Refusal(outcome, [outcome]);
  claimsCache.set(id, claims);
  metrics.countOpened(kid);
  log.debug({ event: 'session_opened', session: id, kid });
  return { webSessionToken, initialiser: initialiserOf(webSessionToken, digest) };
}
