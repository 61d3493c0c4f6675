import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import type { Store, StoredConfiguration } from '../store/store.ts';
import { ConfigurationCache } from './configuration-cache.ts';

function cacheOver(found: () => StoredConfiguration | undefined) {
  const state = { now: 0, reads: 0 };
  const store = {
    findConfiguration: async () => {
      state.reads += 1;
      return found();
    },
  } as unknown as Store;
  return { state, cache: new ConfigurationCache(store, { elapsed: () => state.now }) };
}

const configuration = { kid: 'a' } as StoredConfiguration;

describe('ConfigurationCache', () => {
  it(verifies('E-3', 'reads again after a second'), async () => {
    const { state, cache } = cacheOver(() => configuration);
    await cache.find('a');
    state.now = 999;
    expect(await cache.find('a')).toBe(configuration);
    expect(state.reads).toBe(1);
    state.now = 1000;
    await cache.find('a');
    expect(state.reads).toBe(2);
  });

  it(verifies('E-3', 'reads again after a change'), async () => {
    const { state, cache } = cacheOver(() => configuration);
    await cache.find('a');
    cache.forget('a');
    await cache.find('a');
    expect(state.reads).toBe(2);
  });

  it(verifies('I-6', 'keeps no unknown id'), async () => {
    const { state, cache } = cacheOver(() => undefined);
    await cache.find('a');
    await cache.find('a');
    expect(state.reads).toBe(2);
  });
});
