import type { JaqlItem } from '@vitrine/claims';
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
