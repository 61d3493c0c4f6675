import type { ViewItem } from '@vitrine/charts';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { describeFilter } from './describe-filter.ts';

const on = (filter: Record<string, unknown>, jaql: Partial<ViewItem['jaql']> = {}): ViewItem => ({
  jaql: { dim: '[Strikes.Size]', datatype: 'text', title: 'Size', ...jaql, filter },
});
const day = { datatype: 'datetime', level: 'days', title: 'Date' } as const;

describe('describeFilter', () => {
  it.each([
    [on({ members: ['Large', 'Small'] }), 'Size: Large, Small'],
    [on({ members: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }), 'Size: a, b, c, d, e +2'],
    [on({ exclude: { members: ['Large'] } }), 'Size ≠ Large'],
    [on({ from: '1990-01-01', to: '2002-07-31' }, day), 'Date: 1. Jan. 1990 – 31. Juli 2002'],
    [on({ from: '1990-01-01', to: null }, day), 'Date: ≥ 1. Jan. 1990'],
    [
      on({ last: { count: 2, offset: 0 } }, { ...day, level: 'quarters' }),
      'Date: letztes Quartal – dieses Quartal',
    ],
    [
      on({ last: { count: 3, offset: 1 } }, { ...day, level: 'months' }),
      'Date: vor 3 Monaten – letzten Monat',
    ],
    [
      on({ next: { count: 1, anchor: '2013-01-31' } }, { ...day, level: 'months' }),
      'Date: Jan. 2013',
    ],
    [on({ fromNotEqual: 5, toNotEqual: 1000 }, { datatype: 'numeric' }), 'Size: > 5 · < 1.000'],
    [on({ contains: 'gull' }), 'Size: *gull*'],
    [on({ doesntStartWith: 'x' }), 'Size: ≠ x*'],
    [on({ top: 10, by: {} }), 'Size: ↑ 10'],
    [on({ somethingNew: {} }), 'Size: …'],
  ])(verifies('VIEW-3', 'writes a filter in signs (%#)'), (item, expected) => {
    expect(describeFilter(item, 'de-DE')?.replaceAll('\u00a0', ' ')).toBe(expected);
  });

  it('is silent about filters that restrict nothing', () => {
    for (const filter of [{ all: true }, {}, { members: [] }]) {
      expect(describeFilter(on(filter), 'en-US')).toBeUndefined();
    }
    expect(describeFilter({ ...on({ members: ['a'] }), disabled: true }, 'en-US')).toBeUndefined();
  });

  it('survives members that are no plain values', () => {
    expect(describeFilter(on({ members: [null, { a: 1 }], last: 'x' }), 'en-US')).toBe(
      'Size: –, –',
    );
  });
});
