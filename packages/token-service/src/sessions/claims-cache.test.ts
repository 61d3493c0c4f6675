import { parseClaims } from '@vitrine/claims';
import { describe, expect, it } from 'vitest';
import { heldBytes } from '../../../../test/held-bytes.ts';
import { verifies } from '../../../../test/verifies.ts';
import { createClaimsCache } from './claims-cache.ts';

const claims = { sub: 'x'.repeat(256) };

describe('the claims cache', () => {
  it('lets the longest unused go when it is full', () => {
    const cache = createClaimsCache(2000);
    cache.set('a', claims);
    cache.set('b', claims);
    expect(cache.get('a')).toBe(claims);
    cache.set('c', claims);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([claims, undefined, claims]);
  });

  it('counts an entry once, however often it is set', () => {
    const cache = createClaimsCache(2000);
    cache.set('a', claims);
    for (let time = 0; time < 10; time += 1) cache.set('b', claims);
    expect(cache.get('a')).toBe(claims);
    cache.delete('a');
    cache.delete('a');
    expect(cache.get('a')).toBeUndefined();
  });

  it.each([
    ['empty objects', Array.from({ length: 26_000 }, () => ({}))],
    ['numbers', Array.from({ length: 39_000 }, (_, nth) => nth % 10)],
    ['short texts', Array.from({ length: 9_000 }, (_, nth) => `${nth % 999}.5`)],
    ['filters', Array.from({ length: 3_000 }, () => ({ jaql: { dim: '[A.B]' } }))],
    ['letters beyond Latin-1', '漢'.repeat(78_000)],
  ])(verifies('E-7', 'holds no more than it may of claims full of %s'), async (_name, full) => {
    const filter = { jaql: { dim: '[A.B]', filter: { equals: full } } };
    const text = JSON.stringify({ sub: 'ada', grants: { prm: [], flt: [filter] } });
    const maxBytes = 8_000_000;
    const cache = createClaimsCache(maxBytes);
    const held = await heldBytes(() => {
      for (let nth = 0; nth < 200; nth += 1) {
        const { claims } = parseClaims(text, { use: 'open', now: 1 });
        if (claims === undefined) throw new Error('the claims are refused');
        cache.set(`${nth}`, claims);
      }
    });
    expect(cache.get('199')).toBeDefined();
    expect(held).toBeLessThan(1.3 * maxBytes);
  });
});
