import { describe, expect, it } from 'vitest';
import { heldBytes } from '../../../../test/held-bytes.ts';
import { verifies } from '../../../../test/verifies.ts';
import type { EngineRows } from '../engine.ts';
import { ResultCache } from './result-cache.ts';
import { sizeOfRows } from './size-of-rows.ts';

const rowsOf = (count: number): EngineRows => ({
  rows: Array.from({ length: count }, (_, row) => [`member ${row}`, row]),
  truncated: false,
});
const forEver = Number.POSITIVE_INFINITY;
const sales = { source: 'sales 1', keepMs: forEver };

describe('ResultCache', () => {
  it(verifies('DATA-4', 'stays within its bytes; the least used results leave first'), () => {
    const size = sizeOfRows(rowsOf(100).rows) + 608;
    const cache = new ResultCache({ maxBytes: size * 10 });
    for (let nth = 0; nth < 10; nth += 1) cache.keep(`${nth}`, rowsOf(100), sales);
    expect(cache.bytes).toBe(size * 10);
    cache.get('0');
    cache.keep('10', rowsOf(100), sales);
    expect(cache.bytes).toBe(size * 10);
    expect(cache.evictions).toBe(1);
    expect(cache.get('0')).toBeDefined();
    expect(cache.get('1')).toBeUndefined();
  });

  it(verifies('DATA-4', 'holds no more than its bytes of answers without a row'), async () => {
    const maxBytes = 8_000_000;
    const cache = new ResultCache({ maxBytes });
    const held = await heldBytes(() => {
      for (let nth = 0; nth < 40_000; nth += 1)
        cache.keep(`${nth} ${'k'.repeat(40)}`, rowsOf(0), sales);
    });
    expect(cache.evictions).toBeGreaterThan(0);
    expect(held).toBeLessThan(1.3 * maxBytes);
  });

  it('keeps nothing that would take more than a quarter of it, and nothing at all with 0 bytes', () => {
    const size = sizeOfRows(rowsOf(100).rows);
    for (const maxBytes of [0, size * 3]) {
      const cache = new ResultCache({ maxBytes });
      expect(cache.keep('a', rowsOf(100), sales).rows).toHaveLength(100);
      expect(cache.get('a')).toBeUndefined();
      expect(cache.bytes).toBe(0);
    }
  });

  it('forgets results of data that changes under it when their time is over', () => {
    let now = 1;
    const cache = new ResultCache({ now: () => now });
    cache.keep('live', rowsOf(1), { source: 'live', keepMs: 60_000 });
    cache.keep('never', rowsOf(1), { source: 'live', keepMs: 0 });
    cache.keep('file', rowsOf(1), sales);
    expect(cache.get('never')).toBeUndefined();
    now += 50_000;
    // What is written from the rows does not make them younger.
    cache.get('live')?.written('en-US', () => 'text');
    now += 9_999;
    expect(cache.get('live')).toBeDefined();
    now += 2;
    expect(cache.get('live')).toBeUndefined();
    expect(cache.get('file')).toBeDefined();
  });

  it('forgets the results of other sources and versions', () => {
    const cache = new ResultCache();
    cache.keep('old', rowsOf(1), sales);
    cache.keep('new', rowsOf(1), { source: 'sales 2', keepMs: forEver });
    cache.dropAllBut(new Set(['sales 2']));
    expect(cache.get('old')).toBeUndefined();
    expect(cache.get('new')).toBeDefined();
  });

  it('writes a view of kept rows once, and counts its bytes', () => {
    const cache = new ResultCache();
    let writes = 0;
    const write = (locale: string) => () => {
      writes += 1;
      return `${locale} ${'x'.repeat(1000)}`;
    };
    const answer = cache.keep('a', rowsOf(1), sales);
    const before = cache.bytes;
    for (const locale of ['de-DE', 'en-US', 'de-DE']) {
      expect(answer.written(locale, write(locale))).toContain(locale);
    }
    expect(cache.get('a')?.written('en-US', write('en-US'))).toContain('en-US');
    expect(writes).toBe(2);
    expect(cache.bytes).toBeGreaterThan(before + 2000);
    const loose = new ResultCache({ maxBytes: 0 }).keep('a', rowsOf(1), sales);
    for (let nth = 0; nth < 2; nth += 1) loose.written('de-DE', write('de-DE'));
    expect(writes).toBe(4);
  });
});
