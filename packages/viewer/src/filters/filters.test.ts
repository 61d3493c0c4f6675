import {
  fieldKey,
  type ViewCascade,
  type ViewFilter,
  type ViewItem,
  viewLevels,
} from '@vitrine/charts';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { enUS } from '../i18n/en-US.ts';
import { loadMessages } from '../i18n/load-messages.ts';
import { translatorOf } from '../i18n/translate.ts';
import { describeFilter } from './describe-filter.ts';
import { readCondition, writeCondition } from './filter-condition.ts';
import { filterControlKind } from './filter-control-kind.ts';
import { keyOfFilter } from './filter-key.ts';
import { cleared, filtersInForce, restrictingFilters, withChange } from './filters-in-force.ts';
import { filtersAbove } from './level-filters.ts';
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
const jaqlOf = (filters: readonly ViewFilter[]) => filters.flatMap(viewLevels)[0]?.jaql;
const context = { t: translatorOf(enUS, 'en-US'), language: 'en-US', locale: 'en-US' };

describe('fieldKey', () => {
  it('names a field the same however it is written, and tells levels apart', () => {
    const key = fieldKey({ dim: '[Flights.Date (Calendar)]', level: 'months' });
    expect(fieldKey({ dim: '[Flights.Date]', level: 'months' })).toBe(key);
    expect(fieldKey({ table: 'Flights', column: 'Date', level: 'months' })).toBe(key);
    expect(fieldKey({ dim: '[Flights.Date]', level: 'years' })).not.toBe(key);
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
      expect(merged.flatMap(viewLevels).map(({ jaql }) => jaql.filter)).toEqual([
        { members: ['DL'] },
        { members: ['TX'] },
        { members: ['2024'] },
      ]);
    },
  );

  it('keeps the title of the stored filter where a change has none', () => {
    const change: ViewItem = { jaql: { dim: '[Flights.Carrier]', filter: { members: ['B6'] } } };
    expect(jaqlOf(filtersInForce([carrier(['AA'])], [change]))).toMatchObject({
      title: '[Flights.Carrier]',
      datatype: 'text',
    });
  });

  it('lets the last change of a filter count', () => {
    expect(withChange(withChange([], carrier(['AA'])), carrier(['DL']))).toEqual([carrier(['DL'])]);
  });

  it('clears a stored filter by letting everything through, and an added one by dropping it', () => {
    const base = [carrier(['AA'])];
    const key = fieldKey(field.jaql);
    expect(jaqlOf(cleared(base, [], key))?.filter).toEqual({ all: true });
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

describe('cascading filters', () => {
  const level = (dim: string, ...members: string[]) => filter(dim, { members }).jaql;
  const cascade = (...levels: ViewItem['jaql'][]): ViewCascade => ({ isCascading: true, levels });
  const stored = cascade(level('[A.Land]', 'X'), level('[A.City]', 'x'));
  const filtersOf = (filters: readonly ViewFilter[]) =>
    filters.flatMap(viewLevels).map(({ jaql }) => jaql.filter);

  it(verifies('EMB-3', 'merge as in the service'), () => {
    const changed = cascade(level('[A.Land]', 'Y'), level('[A.City]', 'y'));
    expect(filtersOf(filtersInForce([stored], [changed]))).toEqual([
      { members: ['Y'] },
      { members: ['y'] },
    ]);
    const land = filter('[A.Land]', { members: ['Z'] });
    expect(filtersOf(filtersInForce([stored], [changed, land]))).toEqual([
      { members: ['Z'] },
      { all: true },
    ]);
    const city = filter('[A.City]', { members: ['z'] });
    const off = { ...stored, disabled: true };
    expect(filtersInForce([off], [city])[0]).not.toHaveProperty('disabled');
    expect(filtersOf(filtersInForce([off], [city]))).toEqual([{ all: true }, { members: ['z'] }]);
    expect(filtersInForce([{ ...stored, locked: true }], [city, changed])).toEqual([
      { ...stored, locked: true },
    ]);
    expect(filtersInForce([stored], [cascade(level('[A.City]', 'z'))])).toHaveLength(2);
  });

  it('are cleared as a whole, and restrict where one of their levels does', () => {
    const open = cleared([stored], [], keyOfFilter(stored));
    expect(filtersOf(open)).toEqual([{ all: true }, { all: true }]);
    expect(restrictingFilters([stored, ...open])).toEqual([stored]);
    expect(cleared([{ ...stored, locked: true }], [], keyOfFilter(stored))).toEqual([]);
  });

  it('take a click on a member for one of their levels', () => {
    const item: ViewItem = { jaql: { dim: '[A.Land]' } };
    const once = toggleMember([stored], [], { item, member: 'Y', adds: false });
    expect(filtersOf(filtersInForce([stored], once))).toEqual([{ members: ['Y'] }, { all: true }]);
    const open = toggleMember([stored], [], { item, member: 'X', adds: false });
    expect(filtersOf(filtersInForce([stored], open))).toEqual([{ all: true }, { all: true }]);
  });

  it('name what stands above a level', () => {
    expect(filtersAbove({ cascade: stored, index: 1 })).toEqual([{ jaql: stored.levels[0] }]);
    expect(filtersAbove({ cascade: stored, index: 0 })).toEqual([]);
    const open = cascade(level('[A.Land]'), level('[A.City]', 'x'));
    expect(filtersAbove({ cascade: open, index: 1 })).toEqual([]);
  });
});

describe('toggleMember', () => {
  it('chooses one member, and lets go of it on the second click', () => {
    const once = toggleMember([], [], { item: field, member: 'AA', adds: false });
    expect(jaqlOf(once)?.filter).toEqual({ members: ['AA'] });
    expect(toggleMember([], once, { item: field, member: 'AA', adds: false })).toEqual([]);
    const other = toggleMember([], once, { item: field, member: 'DL', adds: false });
    expect(jaqlOf(other)?.filter).toEqual({ members: ['DL'] });
  });

  it('adds and removes with the modifier key', () => {
    const one = toggleMember([], [], { item: field, member: 'AA', adds: true });
    const two = toggleMember([], one, { item: field, member: 'DL', adds: true });
    expect(jaqlOf(two)?.filter).toEqual({ members: ['AA', 'DL'] });
    const left = toggleMember([], two, { item: field, member: 'AA', adds: true });
    expect(jaqlOf(left)?.filter).toEqual({ members: ['DL'] });
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
    { last: { count: 1, offset: 2 } },
    { next: { count: 2, offset: 1, anchor: '2013-01-31' } },
  ])('read and write back %j', (value) => {
    expect(writeCondition(readCondition(value))).toEqual(value);
  });

  it('are never taken for "everything" when unknown', () => {
    for (const value of [
      { or: [{ contains: 'a' }] },
      { exclude: { or: [] } },
      { last: { count: Number.POSITIVE_INFINITY } },
      { last: { count: 3, offset: 'x' } },
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
    expect(filterControlKind(filter('[A.B]', { last: { count: 3 } }))).toBe('dates');
  });
});

describe('describeFilter', () => {
  it.each([
    ['en-US', 'last 3 months', 'this month'],
    ['de-DE', 'letzte 3 Monate', 'diesen Monat'],
    ['es-AR', 'últimos 3 meses', 'este mes'],
    ['es-ES', 'últimos 3 meses', 'este mes'],
    ['fr-FR', '3 derniers mois', 'ce mois-ci'],
    ['it-IT', 'ultimi 3 mesi', 'questo mese'],
    ['ja-JP', '過去3か月間', '今月'],
    ['ko-KR', '최근 3개월', '이번 달'],
    ['nl-NL', 'afgelopen 3 maanden', 'deze maand'],
    ['pt-BR', 'últimos 3 meses', 'este mês'],
    ['ru-RU', 'последние 3 месяца', 'в этом месяце'],
    ['tr-TR', 'son 3 ay', 'bu ay'],
    ['zh-CN', '最近3个月', '本月'],
  ] as const)(verifies('VIEW-4', 'says relative dates in %s'), async (language, three, one) => {
    const { messages } = await loadMessages(language);
    const words = { t: translatorOf(messages, language), language, locale: language };
    const say = (count: number) => {
      const { jaql } = filter('[A.B]', { last: { count, offset: 0 } });
      return describeFilter({ jaql: { ...jaql, level: 'months' } }, words);
    };
    expect([say(3), say(1)]).toEqual([three, one]);
  });

  it.each([
    [{ members: ['AA', 'DL', 'UA', 'B6'] }, 'AA, DL +2'],
    [{ exclude: { members: ['AA'] } }, 'not AA'],
    [{ members: [null] }, '(empty)'],
    [{ from: 1000 }, '1,000 or more'],
    [{ toNotEqual: 5 }, 'less than 5'],
    [{ contains: 'air' }, 'contains “air”'],
    [{ last: { count: 3, offset: 0 } }, 'last 3 days'],
    [{ last: { count: 3 } }, 'last 3 days'],
    [{ next: { count: 7, offset: 0 } }, 'next 7 days'],
    [{ last: { count: 1, offset: 0 } }, 'today'],
    [{ last: { count: 3, offset: 1 } }, '3 days ago – yesterday'],
    [{ next: { count: 2, offset: -1 } }, 'yesterday – today'],
    [{ last: { count: 2 }, anchor: '2013-01-31' }, 'Jan 30, 2013 – Jan 31, 2013'],
    [{ exclude: { last: { count: 3, offset: 0 } } }, 'not last 3 days'],
    [{ exclude: { from: 1, to: 5 } }, 'not 1 – 5'],
    [{ top: 5, by: {} }, 'top 5'],
    [{ surprise: 1 }, 'special condition'],
  ])('says %j as %s', (value, text) => {
    expect(describeFilter(filter('[A.B]', value), context)).toBe(text);
  });
});
