import type { ServiceContext } from '../service-context.ts';

/** Sessions that would be answered now, of all processes on this state. */
export function countLiveSessions({
  store,
  lifetime,
  steadyNow,
}: Pick<ServiceContext, 'store' | 'lifetime' | 'steadyNow'>): Promise<number> {
  const now = steadyNow();
  const { absoluteTimeoutMs, idleTimeoutMs } = lifetime;
  return store.countSessions({ now, idleTimeoutMs, openedAfter: now - absoluteTimeoutMs });
}
