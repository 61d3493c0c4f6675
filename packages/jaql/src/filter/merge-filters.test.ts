import type { CascadingFilter, DashboardFilter, JaqlItem } from '@vitrine/claims';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { mergeFilters } from './merge-filters.ts';

const item = (dim: string, filter: object, more: object = {}, jaql: object = {}) =>
  ({ jaql: { dim, filter, ...jaql }, ...more }) as JaqlItem;
const shop = item('[Shop.Name]', { members: ['North'] });
const month = item('[Orders.Day (Calendar)]', { members: ['2013-01-01'] }, {}, { level: 'months' });

describe('mergeFilters', () => {
  it(verifies('EMB-3', 'replaces the filter of the same dimension and level, in its place'), () => {
    const south = item('[Shop.Name]', { members: ['South'] });
    expect(mergeFilters([shop, month], [south])).toEqual([south, month]);
    const named = { jaql: { table: 'Shop', column: 'Name', filter: { members: ['South'] } } };
    expect(mergeFilters([shop, month], [named])).toEqual([named, month]);
    const plain = item('[Orders.Day]', {}, {}, { level: 'months' });
    expect(mergeFilters([month], [plain])).toEqual([plain]);
  });

  it(verifies('EMB-3', 'adds a filter of another dimension or level'), () => {
    const years = item('[Orders.Day (Calendar)]', {}, {}, { level: 'years' });
    const label = item('[Orders.Label]', {});
    expect(mergeFilters([month], [years, label])).toEqual([month, years, label]);
  });

  it(verifies('EMB-3', 'keeps a locked filter as it is'), () => {
    const locked = { ...shop, locked: true };
    expect(mergeFilters([locked], [item('[Shop.Name]', { all: true })])).toEqual([locked]);
    expect(mergeFilters([locked], [item('[Shop.Name]', {}, { disabled: true })])).toEqual([locked]);
    expect(mergeFilters([shop, locked], [item('[Shop.Name]', {})])).toEqual([shop, locked]);
  });

  it('keeps the background of what it replaces, beside a part of its own', () => {
    const background = { exclude: { members: ['West'] } };
    const base = item('[Shop.Name]', { members: ['North'], filter: background });
    expect(mergeFilters([base], [item('[Shop.Name]', { all: true })])).toEqual([
      item('[Shop.Name]', { all: true, filter: background }),
    ]);
    const off = { turnedOff: true, exclude: { members: ['South'] } };
    const change = item('[Shop.Name]', { members: ['South'], filter: off });
    const merged = item('[Shop.Name]', { members: ['South'], filter: { and: [off, background] } });
    expect(mergeFilters([base], [change])).toEqual([merged]);
    expect(mergeFilters([merged], [item('[Shop.Name]', {})])).toEqual([
      item('[Shop.Name]', { filter: background }),
    ]);
  });

  it('takes changes one after the other and leaves its input alone', () => {
    const base = Object.freeze([Object.freeze(shop)]);
    const last = item('[Shop.Name]', { members: ['East'] });
    expect(mergeFilters(base, [item('[Shop.Name]', {}), last])).toEqual([last]);
  });
});

describe('mergeFilters, of cascading filters', () => {
  const level = (dim: string, filter: object) => ({ dim, filter });
  const cascade = (levels: readonly object[], more: object = {}) =>
    ({ isCascading: true, levels, ...more }) as CascadingFilter;
  const background = { exclude: { members: ['West'] } };
  const stored = cascade(
    [
      level('[Brand.Country]', { members: ['DE'], filter: background }),
      level('[Brand.Name]', { members: ['Acme'] }),
    ],
    { instanceid: 'brands' },
  );
  const levelsOf = ([first]: readonly DashboardFilter[]) => (first as CascadingFilter).levels;

  it(verifies('EMB-3', 'replaces the one of the same levels, and keeps each background'), () => {
    const change = cascade([
      level('[Brand.Country]', { members: ['FR'] }),
      level('[Brand.Name]', { all: true }),
    ]);
    const merged = cascade(
      [
        level('[Brand.Country]', { members: ['FR'], filter: background }),
        level('[Brand.Name]', { all: true }),
      ],
      { instanceid: 'brands' },
    );
    expect(mergeFilters([shop, stored], [change])).toEqual([shop, merged]);
    const locked = { ...stored, locked: true };
    expect(mergeFilters([locked], [change])).toEqual([locked]);
  });

  it('takes a filter of one level for that level, and lets go of the levels below', () => {
    const changed = levelsOf(
      mergeFilters([stored], [item('[Brand.Country]', { members: ['FR'] })]),
    );
    expect(changed).toEqual([
      level('[Brand.Country]', { members: ['FR'], filter: background }),
      level('[Brand.Name]', { all: true }),
    ]);
    const below = levelsOf(mergeFilters([stored], [item('[Brand.Name]', { members: ['Bolt'] })]));
    expect(below).toEqual([stored.levels[0], level('[Brand.Name]', { members: ['Bolt'] })]);
    const off = item('[Brand.Country]', { members: ['FR'] }, { disabled: true });
    expect(levelsOf(mergeFilters([stored], [off]))[0]).toEqual(
      level('[Brand.Country]', { all: true, filter: background }),
    );
    const locked = { ...stored, locked: true };
    expect(mergeFilters([locked], [item('[Brand.Name]', { all: true })])).toEqual([locked]);
  });

  it('does not bring back the levels above one that was switched off as a whole', () => {
    const off = { ...stored, disabled: true };
    const [merged] = mergeFilters([off], [item('[Brand.Name]', { members: ['Bolt'] })]);
    expect(merged).not.toHaveProperty('disabled');
    expect(levelsOf([merged as DashboardFilter])).toEqual([
      level('[Brand.Country]', { all: true, filter: background }),
      level('[Brand.Name]', { members: ['Bolt'] }),
    ]);
  });

  it('adds one of other levels', () => {
    const other = cascade([level('[Brand.Country]', { members: ['FR'] })]);
    expect(mergeFilters([stored], [other])).toEqual([stored, other]);
  });

  it(verifies('D-1', 'keeps the instances of a relation, and takes none from a reader'), () => {
    const base = item('[Shop.Name]', { members: ['North'] }, { instanceid: 'a' });
    const change = item('[Shop.Name]', { members: ['South'] }, { instanceid: 'b' });
    expect(mergeFilters([base], [change])).toEqual([
      item('[Shop.Name]', { members: ['South'] }, { instanceid: 'a' }),
    ]);
    const added = item('[Orders.Label]', {}, { instanceid: 'a' });
    expect(mergeFilters([base], [added])).toEqual([base, item('[Orders.Label]', {})]);
    const levels = cascade([{ ...level('[Brand.Name]', {}), instanceid: 'a' }], {
      instanceid: 'a',
    });
    expect(mergeFilters([base], [levels])).toEqual([base, cascade([level('[Brand.Name]', {})])]);
  });
});
