import { describe, expect, it } from 'vitest';
import { ClaimsCache } from './claims-cache.ts';

const claims = { sub: 'ada' };

describe('ClaimsCache', () => {
  it('lets the longest unused go when it is full', () => {
    const cache = new ClaimsCache({ maxCharacters: 2000 });
    cache.set('a', claims, 'x'.repeat(400));
    cache.set('b', claims, 'x'.repeat(400));
    expect(cache.get('a')).toBe(claims);
    cache.set('c', claims, 'x'.repeat(400));
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([claims, undefined, claims]);
  });

  it('counts an entry once, however often it is set', () => {
    const cache = new ClaimsCache({ maxCharacters: 2000 });
    cache.set('a', claims, 'x'.repeat(400));
    for (let time = 0; time < 10; time += 1) cache.set('b', claims, 'x'.repeat(400));
    expect(cache.get('a')).toBe(claims);
    cache.delete('a');
    cache.delete('a');
    expect(cache.get('a')).toBeUndefined();
  });
});
