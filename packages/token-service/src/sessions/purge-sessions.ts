import type { ServiceContext } from '../service-context.ts';

/** Ended sessions keep answering `session_ended` and `session_expired` this long. */
const keptMs = 60 * 60_000;

/** Forgets sessions past their absolute time-out. */
export async function purgeSessions({ store, steadyNow, lifetime }: ServiceContext): Promise<void> {
  const openedBefore = steadyNow() - lifetime.absoluteTimeoutMs - keptMs;
  while (await store.purgeSessions(openedBefore));
}
