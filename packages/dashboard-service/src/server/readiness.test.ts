import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import type { Content } from '../content/content.ts';
import { Readiness } from './readiness.ts';

/** A service whose parts fail and recover as the test says. */
function parts(titles: readonly string[]) {
  const state = { answers: true, asked: 0, open: new Set(titles), now: 0 };
  const models = new Map(titles.map((title) => [title, { title }]));
  const readiness = new Readiness({
    store: {
      findConfiguration: async () => {
        state.asked += 1;
        if (!state.answers) throw new Error('away');
        return undefined;
      },
    },
    content: { current: { models, problems: [] } as unknown as Content },
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
