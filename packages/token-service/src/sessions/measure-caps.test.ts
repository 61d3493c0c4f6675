import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { ServiceMetrics } from '../metrics/service-metrics.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import type { ConfigurationSettings, Store } from '../store/store.ts';
import { newState, startService } from '../test/start-service.ts';
import { exampleConfiguration, exampleSession, kid, now } from '../test/store-examples.ts';
import { measureCaps } from './measure-caps.ts';

const minute = 60_000;
const lifetime = { idleTimeoutMs: 30 * minute, absoluteTimeoutMs: 720 * minute };
let state: Awaited<ReturnType<typeof newState>>;
let store: Store;
beforeEach(async () => {
  state = await newState();
  store = await openSqliteStore(state.file);
  await store.createConfiguration(exampleConfiguration());
});
afterEach(async () => {
  await store.close();
  await state.remove();
});

const lines: string[] = [];
const log = pino({}, { write: (line: string) => lines.push(line) });
const metrics = new ServiceMetrics();
/** The warning, if there is one, and the gauge, after one measurement. */
async function measured(at = now) {
  lines.length = 0;
  await measureCaps({ store, lifetime, metrics, log, steadyNow: () => at });
  const text = await metrics.registry.metrics();
  const gauge = [...text.matchAll(/^vitrine_cap_used_ratio\{kid="\w+",cap="(\w+)"\} (\S+)$/gm)];
  return {
    warnings: lines.map((line) => JSON.parse(line)),
    gauge: Object.fromEntries(gauge.map(([, cap, value]) => [cap, Number(value)])),
  };
}
const set = (changes: Partial<ConfigurationSettings>) =>
  store.changeConfiguration(kid, changes, now);
const open = async (...ids: string[]) => {
  for (const id of ids) {
    await store.openSession(exampleSession(id), { openedAfter: 0, idleTimeoutMs: minute });
  }
};

describe('the caps of a configuration', () => {
  it(verifies('E-7', 'warn in one line from 80 % on'), async () => {
    await set({ maxSessions: 10, maxOpensPerMinute: 5 });
    await open('a', 'b', 'c');
    expect(await measured()).toEqual({
      warnings: [],
      gauge: { maxSessions: 0.3, maxOpensPerMinute: 0.6 },
    });
    await open('d');
    const { warnings, gauge } = await measured();
    expect(gauge).toEqual({ maxSessions: 0.4, maxOpensPerMinute: 0.8 });
    expect(warnings).toMatchObject([
      {
        ...{ event: 'caps_nearly_reached', count: 1 },
        caps: [{ kid, cap: 'maxOpensPerMinute', used: 4, most: 5 }],
      },
    ]);
    await set({ maxSessions: 4 });
    expect((await measured()).warnings).toMatchObject([{ count: 2 }]);
    expect((await measured(now + minute)).warnings).toMatchObject([{ count: 1 }]);
    expect(await measured(now + 30 * minute)).toMatchObject({
      warnings: [],
      gauge: { maxSessions: 0, maxOpensPerMinute: 0 },
    });
  });

  it(verifies('E-7 I-6', 'are no series where there are none, or no configuration'), async () => {
    await open('a');
    expect((await measured()).gauge).toEqual({});
    await set({ maxSessions: 2 });
    expect((await measured()).gauge).toEqual({ maxSessions: 0.5 });
    await store.deleteConfiguration(kid, now);
    expect(await measured()).toEqual({ warnings: [], gauge: {} });
  });

  it(verifies('E-7', 'are measured by the service from its start'), async () => {
    await set({ maxSessions: 1 });
    await open('a');
    const service = await startService(state.file, { clock: () => now });
    await service.stop();
    expect(service.logText()).toContain('caps_nearly_reached');
  });
});
