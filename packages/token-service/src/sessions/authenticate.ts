import type { IncomingMessage } from 'node:http';
import type { Claims } from '@vitrine/claims';
import { isSameSecret } from '../http/is-same-secret.ts';
import { redactError } from '../log/redact-error.ts';
import { foreignOriginOf } from '../origins/foreign-origin.ts';
import { isAllowedOrigin } from '../origins/is-allowed-origin.ts';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';
import type { LiveSession } from './live-session.ts';
import { isExpired, isTouchDue } from './session-lifetime.ts';
import { initialiserOf, isSessionSecret, sessionIdOf } from './session-secret.ts';

const watPattern = /^(?:Bearer\s+)?[\w-]+(?:\.[\w-]+){4}$/i;

/**
 * The session that a request's two headers prove. The store is asked every time, so an end, a
 * disabled configuration or a time-out counts at the next request, whichever process decided it.
 * Throws `Problem` `wat_is_not_a_bearer_token`, `session_unknown`, `session_ended`,
 * `session_expired`, `origin_refused`, `subject_unknown`.
 */
export function authenticator(
  context: ServiceContext,
): (request: IncomingMessage) => Promise<LiveSession> {
  const { store, directory, lifetime, steadyNow } = context;

  return async function authenticate(request) {
    const secret = sessionSecretOf(request);
    const id = sessionIdOf(secret);
    const session = await store.findSession(id);
    const initialiser = String(request.headers.initialiser ?? '');
    if (
      session === undefined ||
      !isSameSecret(initialiser, initialiserOf(secret, session.tokenDigest))
    ) {
      throw new Problem('session_unknown');
    }
    const now = steadyNow();
    if (session.endedAt !== null) throw new Problem('session_ended');
    if (isExpired(session, now, lifetime)) throw new Problem('session_expired');
    await requireOrigin(request, session.kid, context);
    if (!directory.hasSubject(session.sub)) throw new Problem('subject_unknown');
    const claims = await claimsOf(id, context);
    if (isTouchDue(session, now, lifetime)) await touch(id, now, context);
    const { kid, sub, profile, allowErasedAcl, timeZone, theme, language, openedAt } = session;
    return {
      ...{ id, kid, sub, claims, profile, allowErasedAcl, timeZone, openedAt },
      ...(theme === null ? {} : { embedTheme: theme }),
      ...(language === null ? {} : { language }),
    };
  };
}

function sessionSecretOf(request: IncomingMessage): string {
  const authorization = request.headers.authorization ?? '';
  if (isSessionSecret(authorization)) return authorization;
  throw new Problem(
    watPattern.test(authorization) ? 'wat_is_not_a_bearer_token' : 'session_unknown',
  );
}

/** A page of another origin, other than the frame, has to be one that the configuration names (CFG-4, F-9). */
async function requireOrigin(
  request: IncomingMessage,
  kid: string,
  { configurations, ownOrigin }: ServiceContext,
): Promise<void> {
  const origin = foreignOriginOf(request, ownOrigin);
  if (origin === undefined) return;
  const configuration = await configurations.find(kid);
  if (!isAllowedOrigin(origin, configuration?.origins ?? [])) throw new Problem('origin_refused');
}

/** A use that could not be written down does no harm to the request: the next one tries again. */
async function touch(id: string, now: number, { store, log }: ServiceContext): Promise<void> {
  try {
    await store.touchSession(id, now);
  } catch (error) {
    log.error({ event: 'session_touch_failed', err: redactError(error) });
  }
}

async function claimsOf(id: string, { store, claimsCache }: ServiceContext): Promise<Claims> {
  const cached = claimsCache.get(id);
  if (cached !== undefined) return cached;
  const json = await store.readClaims(id);
  if (json === undefined) throw new Problem('session_unknown');
  // Written by this service after its check, and read from its own state.
  const claims: Claims = JSON.parse(json);
  claimsCache.set(id, claims);
  return claims;
}
