import type { LiveBounds, StoredSession } from '../store/store.ts';

/** How long sessions last. */
export interface SessionLifetime {
  /** Milliseconds without a request; a configuration may have its own. */
  readonly idleTimeoutMs: number;
  /** Milliseconds from the open, whatever happens. */
  readonly absoluteTimeoutMs: number;
}

/** Two machines' clocks may differ by this much; a session from further ahead is not believed. */
const maxClockLeadMs = 5 * 60_000;
const maxTouchIntervalMs = 30_000;

function idleTimeoutOf({ idleTimeoutSeconds }: StoredSession, lifetime: SessionLifetime): number {
  return idleTimeoutSeconds === null ? lifetime.idleTimeoutMs : idleTimeoutSeconds * 1000;
}

/** Whether the session has outlived its idle or absolute time-out, or its token where that counts (C-4). */
export function isExpired(session: StoredSession, now: number, lifetime: SessionLifetime): boolean {
  const { openedAt, seenAt } = session;
  return (
    now - openedAt >= lifetime.absoluteTimeoutMs ||
    now - seenAt >= idleTimeoutOf(session, lifetime) ||
    (session.endSessionsAtExp && session.expiresAt !== null && now >= session.expiresAt) ||
    openedAt - now > maxClockLeadMs
  );
}

/** The same bounds, for the store. `now`: UTC milliseconds. */
export function liveBoundsAt(now: number, lifetime: SessionLifetime): LiveBounds {
  const { idleTimeoutMs, absoluteTimeoutMs } = lifetime;
  return { openedAfter: now - absoluteTimeoutMs, idleTimeoutMs };
}

/**
 * Whether this use has to be written down. Uses within 30 s of a written one are not, so that most
 * requests write nothing; the idle time-out then comes at most that much early.
 */
export function isTouchDue(
  session: StoredSession,
  now: number,
  lifetime: SessionLifetime,
): boolean {
  const intervalMs = Math.min(maxTouchIntervalMs, idleTimeoutOf(session, lifetime) / 10);
  return now - session.seenAt >= intervalMs;
}
