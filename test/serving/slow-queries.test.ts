import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Key } from '../harness/api.ts';
import { type RunningService, startService } from '../harness/start-service.ts';
import { verifies } from '../verifies.ts';
import { childTicks } from './processor-time.ts';
import { metricOf, openSession, type Send } from './sessions.ts';
import { quickWidget, slowContent, slowDashboard, slowWidget } from './slow-content.ts';

let contentDir: string;
let service: RunningService;
let key: Key;
beforeAll(async () => {
  contentDir = await slowContent();
  service = await startService({
    contentDir,
    env: {
      QUERIES_RUNNING: '2',
      QUERIES_RUNNING_PER_SESSION: '1',
      QUERIES_WAITING_PER_SESSION: '1',
    },
  });
  key = await service.createConfiguration();
});
afterAll(async () => {
  await service.stop();
  rmSync(contentDir, { recursive: true });
});

const ada = { sub: 'ada', grants: { acl: [] } };

const data = `/api/v1/dashboards/${slowDashboard}/data`;
const source = '/api/datasources/Slow';
const sumOf = (table: string, queryGuid?: string, above = 0) => ({
  metadata: [
    { jaql: { dim: `[${table}.N]`, agg: 'sum' } },
    { panel: 'scope', jaql: { dim: `[${table}.N]`, datatype: 'numeric', filter: { from: above } } },
  ],
  ...(queryGuid && { queryGuid }),
});
const codeOf = async (answer: Promise<Response>) =>
  ((await (await answer).json()) as { code?: string }).code ?? 'answered';

const running = async (at = service) => ({
  running: await metricOf(at, 'vitrine_queries_running'),
  waiting: await metricOf(at, 'vitrine_queries_waiting'),
});

/** Waits until the engines use no processor time any more, and tells how long that took, milliseconds. */
async function idleAfter(at = service): Promise<number> {
  const started = performance.now();
  for (;;) {
    const before = childTicks(at.pid);
    const seen = performance.now();
    await pause(100);
    if (childTicks(at.pid) - before <= 1) return seen - started;
    if (seen - started > 20_000) throw new Error('The engine goes on.');
  }
}

describe('a slow query', () => {
  it(
    verifies('DATA-4', 'holds up no other widget, and ends at the engine when the reader goes'),
    async () => {
      const send = await openSession(service, key, ada);
      const gone = new AbortController();
      const response = await send(data, { widgets: [quickWidget, slowWidget] }, gone.signal);
      const reader = response.body?.getReader();
      const { value } = (await reader?.read()) ?? {};
      expect(JSON.parse(new TextDecoder().decode(value))).toMatchObject({ widget: quickWidget });
      await expect.poll(() => running()).toEqual({ running: 1, waiting: 0 });
      const before = childTicks(service.pid);
      await expect.poll(() => childTicks(service.pid)).toBeGreaterThan(before + 5);
      gone.abort();
      expect(await idleAfter()).toBeLessThan(1000);
      expect(await running()).toEqual({ running: 0, waiting: 0 });
    },
  );

  it(
    verifies('DATA-4 D-14', 'is cancelled by its own session, running or waiting, and by no other'),
    async () => {
      const [own, other] = [
        await openSession(service, key, ada),
        await openSession(service, key, ada),
      ];
      const answers = ['one', 'two'].map((guid, nth) =>
        codeOf(own(`${source}/jaql`, sumOf('Slow', guid, nth))),
      );
      await expect.poll(() => running()).toEqual({ running: 1, waiting: 1 });
      const cancel = (send: Send) => send(`${source}/cancel_queries`, { queries: 'one;two;three' });
      expect((await cancel(other)).status).toBe(204);
      expect(await running()).toEqual({ running: 1, waiting: 1 });
      expect((await cancel(own)).status).toBe(204);
      expect(await Promise.all(answers)).toEqual(['query_cancelled', 'query_cancelled']);
      expect(await idleAfter()).toBeLessThan(1000);
    },
  );

  it(
    verifies(
      'DATA-4',
      'fills the line of its own session; what is beyond is refused, others are served',
    ),
    async () => {
      const [heavy, other] = [
        await openSession(service, key, ada),
        await openSession(service, key, ada),
      ];
      const gone = new AbortController();
      const ask = (nth: number) =>
        heavy(`${source}/jaql`, sumOf('Slow', undefined, nth), gone.signal);
      const asked = [1, 2].map((nth) => ask(nth).catch(() => undefined));
      await expect.poll(() => running()).toEqual({ running: 1, waiting: 1 });
      const refused = await ask(3);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toBe('1');
      expect(await refused.json()).toMatchObject({ code: 'overloaded' });
      expect(await codeOf(other(`${source}/jaql`, sumOf('Quick')))).toBe('answered');
      gone.abort();
      await Promise.all(asked);
      await expect.poll(() => running()).toEqual({ running: 0, waiting: 0 });
    },
  );

  it(verifies('DATA-4', 'fails alone when its time is over'), async () => {
    const hasty = await startService({ contentDir, env: { QUERY_TIMEOUT_MS: '1500' } });
    onTestFinished(hasty.stop);
    const send = await openSession(hasty, await hasty.createConfiguration(), ada);
    const lines = (await (await send(data, {})).text()).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { widget: quickWidget, values: [[{ data: 45 }]] },
      { widget: slowWidget, error: { code: 'query_timeout' } },
    ]);
    expect(await idleAfter(hasty)).toBeLessThan(1000);
  });
});
