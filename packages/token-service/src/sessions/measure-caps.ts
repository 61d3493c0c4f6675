import type { ServiceContext } from '../service-context.ts';
import type { StoredConfiguration } from '../store/store.ts';
import { minuteMs } from '../usage/bucket.ts';
import { liveBoundsAt } from './session-lifetime.ts';

const nearlyReached = 0.8;
const mostNamed = 20;

type Measuring = Pick<ServiceContext, 'store' | 'lifetime' | 'steadyNow' | 'metrics' | 'log'>;

interface UsedCap {
  readonly kid: string;
  readonly cap: 'maxSessions' | 'maxOpensPerMinute';
  readonly used: number;
  readonly most: number;
}

/**
 * Measures how much of its caps each enabled configuration uses, for the gauge; one line warns of those at 80 % and
 * more. To be called once a minute. Throws `StateError` `store_unavailable`.
 */
export async function measureCaps(context: Measuring): Promise<void> {
  const { store, metrics, log } = context;
  const caps: UsedCap[] = [];
  for (const configuration of await store.listConfigurations()) {
    if (configuration.enabled) caps.push(...(await usedCapsOf(configuration, context)));
  }
  // Caps that are gone must not stay behind.
  metrics.capUsed.reset();
  for (const { kid, cap, used, most } of caps) metrics.capUsed.set({ kid, cap }, used / most);
  const near = caps.filter(({ used, most }) => used / most >= nearlyReached);
  if (near.length === 0) return;
  log.warn({ event: 'caps_nearly_reached', count: near.length, caps: near.slice(0, mostNamed) });
}

async function usedCapsOf(
  { kid, maxSessions, maxOpensPerMinute }: StoredConfiguration,
  { store, lifetime, steadyNow }: Measuring,
): Promise<UsedCap[]> {
  const now = steadyNow();
  const caps: UsedCap[] = [];
  if (maxSessions !== null) {
    const used = await store.countSessions({ ...liveBoundsAt(now, lifetime), kid, now });
    caps.push({ kid, cap: 'maxSessions', used, most: maxSessions });
  }
  if (maxOpensPerMinute !== null) {
    const used = await store.countRatedOpens(kid, now - minuteMs);
    caps.push({ kid, cap: 'maxOpensPerMinute', used, most: maxOpensPerMinute });
  }
  return caps;
}
