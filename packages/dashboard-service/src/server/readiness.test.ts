import { describe, expect, it, vi } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { startService } from '../../test/start-service.ts';
import type { Content } from '../content/content.ts';
import { Readiness } from './readiness.ts';

/** A service whose parts fail and recover as the test says. */
function parts(titles: readonly string[], files: readonly string[] = []) {
  const state = { answers: true, isSlow: false, asked: 0, open: new Set(titles), now: 0 };
  const models = new Map(titles.map((title) => [title, { title }]));
  const problems = files.map((file) => ({ file }));
  const readiness = new Readiness({
    store: {
      findConfiguration: async () => {
        state.asked += 1;
        if (state.isSlow) await new Promise(() => {});
        if (!state.answers) throw new Error('away');
        return undefined;
      },
    },
    content: { current: { models, problems } as unknown as Content },
    sources: { serves: ({ title }) => state.open.has(title) },
    now: () => state.now,
  });
  return { state, readiness };
}

describe('Readiness', () => {
  it(verifies('OPS-3', 'follows the state, and asks it once a second whoever asks'), async () => {
    const { state, readiness } = parts([]);
    const asked = Array.from({ length: 50 }, () => readiness.isReady());
    expect(new Set(await Promise.all(asked))).toEqual(new Set([true]));
    expect(state.asked).toBe(1);
    state.answers = false;
    state.now += 1000;
    expect(await readiness.isReady()).toBe(false);
    state.answers = true;
    state.now += 1000;
    expect(await readiness.isReady()).toBe(true);
  });

  it(verifies('OPS-3', 'takes a state that does not answer for one that is away'), async () => {
    vi.useFakeTimers();
    const { state, readiness } = parts([]);
    state.isSlow = true;
    const asked = readiness.isReady();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await asked).toBe(false);
    vi.useRealTimers();
  });

  it(verifies('OPS-3', 'is not there where the only model cannot be read'), async () => {
    expect(await parts([], ['models/sales.yaml']).readiness.isReady()).toBe(false);
    expect(await parts([], ['dashboards/sales.yaml']).readiness.isReady()).toBe(true);
  });

  it(verifies('OPS-3', 'needs one data source that is open, where there is any'), async () => {
    const { state, readiness } = parts(['Sales', 'Stock']);
    expect(await readiness.isReady()).toBe(true);
    state.open.delete('Sales');
    expect(await readiness.isReady()).toBe(true);
    state.open.delete('Stock');
    expect(await readiness.isReady()).toBe(false);
    state.open.add('Sales');
    expect(await readiness.isReady()).toBe(true);
  });
});

describe('GET /readyz', () => {
  it(verifies('OPS-3', 'says no while running requests end, which are answered'), async () => {
    const service = await startService();
    const headers = await service.open({ sub: 'acme-reader' });
    expect((await service.call('/readyz')).status).toBe(200);
    service.drain();
    const answer = await service.call('/readyz');
    expect([answer.status, await answer.json()]).toEqual([503, { status: 'not_ready' }]);
    expect((await service.call('/healthz')).status).toBe(200);
    expect((await service.call('/api/v1/session', headers)).status).toBe(200);
    await service.stop();
  });
});
