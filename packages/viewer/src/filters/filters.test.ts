import type { ViewItem } from '@vitrine/charts';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { enUS } from '../i18n/en-US.ts';
import { translatorOf } from '../i18n/translate.ts';
import { describeFilter } from './describe-filter.ts';
import { readCondition, writeCondition } from './filter-condition.ts';
import { filterControlKind } from './filter-control-kind.ts';
import { filterKey } from './filter-key.ts';
import { cleared, filtersInForce, restrictingFilters, withChange } from './filters-in-force.ts';
import { toggleMember } from './toggle-member.ts';

function filter(
  dim: string,
  value: Record<string, unknown>,
  more: Partial<ViewItem> = {},
): ViewItem {
  return { jaql: { dim, datatype: 'text', title: dim, filter: value }, ...more };
}
const carrier = (members: string[], more: Partial<ViewItem> = {}) =>
  filter('[Flights.Carrier]', { members }, more);
const field: ViewItem = { jaql: { dim: '[Flights.Carrier]', datatype: 'text', title: 'Carrier' } };
const context = { t: translatorOf(enUS, 'en-US'), language: 'en-US', locale: 'en-US' };

describe('filterKey', () => {
  it('names a field the same however it is written, and tells levels apart', () => {
    const key = filterKey({ dim: '[Flights.Date (Calendar)]', level: 'months' });
    expect(filterKey({ dim: '[Flights.Date]', level: 'months' })).toBe(key);
    expect(filterKey({ table: 'Flights', column: 'Date', level: 'months' })).toBe(key);
    expect(filterKey({ dim: '[Flights.Date]', level: 'years' })).not.toBe(key);
  });
});

describe('filtersInForce', () => {
  it(
    verifies(
      'EMB-3',
      'replaces the filter of the same dimension, adds others, and keeps a locked one',
    ),
    () => {
      const base = [
        carrier(['AA']),
        filter('[Flights.State]', { members: ['TX'] }, { locked: true }),
      ];
      const merged = filtersInForce(base, [
        carrier(['DL']),
        filter('[Flights.State]', { members: ['CA'] }),
        filter('[Flights.Year]', { members: ['2024'] }),
      ]);
      expect(merged.map((item) => item.jaql.filter)).toEqual([
        { members: ['DL'] },
        { members: ['TX'] },
        { members: ['2024'] },
      ]);
    },
  );

  it('keeps the title of the stored filter where a change has none', () => {
    const change: ViewItem = { jaql: { dim: '[Flights.Carrier]', filter: { members: ['B6'] } } };
    expect(filtersInForce([carrier(['AA'])], [change])[0]?.jaql).toMatchObject({
      title: '[Flights.Carrier]',
      datatype: 'text',
    });
  });

  it('lets the last change of a filter count', () => {
    expect(withChange(withChange([], carrier(['AA'])), carrier(['DL']))).toEqual([carrier(['DL'])]);
  });

  it('clears a stored filter by letting everything through, and an added one by dropping it', () => {
    const base = [carrier(['AA'])];
    const key = filterKey(field.jaql);
    expect(cleared(base, [], key)[0]?.jaql.filter).toEqual({ all: true });
    expect(cleared([], [carrier(['DL'])], key)).toEqual([]);
    expect(cleared([carrier(['AA'], { locked: true })], [], key)).toEqual([]);
  });

  it('knows which filters restrict anything', () => {
    const filters = [
      carrier([]),
      filter('[A.B]', { all: true }),
      filter('[A.C]', { members: ['x'] }, { disabled: true }),
      filter('[A.D]', { somethingNew: 1 }),
    ];
    expect(restrictingFilters(filters)).toEqual([filters[3]]);
  });
});

describe('toggleMember', () => {
  it('chooses one member, and lets go of it on the second click', () => {
    const once = toggleMember([], [], { item: field, member: 'AA', adds: false });
    expect(once[0]?.jaql.filter).toEqual({ members: ['AA'] });
    expect(toggleMember([], once, { item: field, member: 'AA', adds: false })).toEqual([]);
    const other = toggleMember([], once, { item: field, member: 'DL', adds: false });
    expect(other[0]?.jaql.filter).toEqual({ members: ['DL'] });
  });

  it('adds and removes with the modifier key', () => {
    const one = toggleMember([], [], { item: field, member: 'AA', adds: true });
    const two = toggleMember([], one, { item: field, member: 'DL', adds: true });
    expect(two[0]?.jaql.filter).toEqual({ members: ['AA', 'DL'] });
    const left = toggleMember([], two, { item: field, member: 'AA', adds: true });
    expect(left[0]?.jaql.filter).toEqual({ members: ['DL'] });
  });

  it('does nothing to a locked filter', () => {
    const base = [carrier(['AA'], { locked: true })];
    expect(toggleMember(base, [], { item: field, member: 'DL', adds: false })).toEqual([]);
  });
});

describe('conditions', () => {
  it.each([
    { all: true },
    { members: ['a', 'b'] },
    { members: [2010], multiSelection: false },
    { exclude: { members: ['a'] } },
    { from: 1, to: 5 },
    { fromNotEqual: 1 },
    { toNotEqual: 0 },
    { from: '2024-01-01', to: '2024-06-30' },
    { to: '2024-06-30' },
    { contains: 'x' },
    { last: { count: 3, offset: 0 } },
  ])('read and write back %j', (value) => {
    expect(writeCondition(readCondition(value))).toEqual(value);
  });

  it('are never taken for "everything" when unknown', () => {
    for (const value of [
      { or: [{ contains: 'a' }] },
      { exclude: { from: 1 } },
      { last: { count: 1, offset: 2 } },
      { surprise: true },
    ]) {
      expect(readCondition(value).kind).toBe('other');
    }
    expect(readCondition({ top: 5, by: {} })).toEqual({
      kind: 'ranking',
      direction: 'top',
      count: 5,
    });
  });

  it('choose their control', () => {
    const item = (datatype: 'text' | 'numeric' | 'datetime', level?: 'years' | 'days') =>
      ({ jaql: { datatype, ...(level ? { level } : {}), filter: { all: true } } }) as ViewItem;
    expect(filterControlKind(item('text'))).toBe('members');
    expect(filterControlKind(item('numeric'))).toBe('range');
    expect(filterControlKind(item('datetime'))).toBe('dates');
    expect(filterControlKind(item('datetime', 'years'))).toBe('members');
    expect(filterControlKind(filter('[A.B]', { contains: 'x' }))).toBe('text');
  });
});

describe('describeFilter', () => {
  it.each([
    [{ members: ['AA', 'DL', 'UA', 'B6'] }, 'AA, DL +2'],
    [{ exclude: { members: ['AA'] } }, 'not AA'],
    [{ members: [null] }, '(empty)'],
    [{ from: 1000 }, '1,000 or more'],
    [{ toNotEqual: 5 }, 'less than 5'],
    [{ contains: 'air' }, 'contains “air”'],
    [{ last: { count: 3, offset: 0 } }, 'last 3 days'],
    [{ top: 5, by: {} }, 'top 5'],
    [{ surprise: 1 }, 'special condition'],
  ])('says %j as %s', (value, text) => {
    expect(describeFilter(filter('[A.B]', value), context)).toBe(text);
  });
});
