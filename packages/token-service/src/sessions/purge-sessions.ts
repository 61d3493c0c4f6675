import type { ServiceContext } from '../service-context.ts';

/** Ended sessions keep answering `session_ended` and `session_expired` this long. */
const keptMs = 60 * 60_000;

/** Forgets sessions past their absolute time-out, and the uses of tokens that have expired. */
export async function purgeSessions(context: ServiceContext): Promise<void> {
  const { store, steadyNow, wallNow, lifetime } = context;
  const openedBefore = steadyNow() - lifetime.absoluteTimeoutMs - keptMs;
  while (await store.purgeSessions(openedBefore));
  await store.purgeTokenUses(wallNow() - keptMs);
}
