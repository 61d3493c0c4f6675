import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { createTokenCache } from './token-cache.ts';

const entry = (length: number) => ({ text: 'x'.repeat(length), digest: 'd', thumbprint: 't' });

describe('the token cache', () => {
  it(verifies('I-1', 'holds no more bytes than it may, and lets go of the longest unused'), () => {
    const cache = createTokenCache({ maxBytes: 8000, maxEntries: 100 });
    for (const key of ['a', 'b', 'c']) cache.set(key, entry(1000));
    cache.get('a');
    cache.set('d', entry(1000));
    expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key) !== undefined)).toEqual([
      ...[true, false, true, true],
    ]);
    expect(cache.calculatedSize).toBeLessThanOrEqual(8000);
    cache.set('huge', entry(10_000));
    expect([cache.get('huge'), cache.size]).toEqual([undefined, 3]);
  });

  it(verifies('I-1', 'holds no more entries than it may'), () => {
    const cache = createTokenCache({ maxBytes: 1e9, maxEntries: 3 });
    for (let nth = 0; nth < 10_000; nth += 1) cache.set(String(nth), entry(1));
    expect(cache.size).toBe(3);
    cache.set('9999', entry(5));
    expect(cache.size).toBe(3);
  });

  it.each([
    [0, 100],
    [8000, 0],
    [0, 0],
  ])('remembers nothing with room for %i bytes and %i entries', (maxBytes, maxEntries) => {
    const cache = createTokenCache({ maxBytes, maxEntries });
    for (const key of ['a', 'b', 'c']) cache.set(key, entry(0));
    expect([cache.size, cache.calculatedSize]).toEqual([0, 0]);
  });
});
