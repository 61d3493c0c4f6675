import type { CellValue, TableCell } from '@vitrine/charts';
import { describe, expect, it } from 'vitest';
import { nextSort, sortRows } from './sort-rows.ts';
import { sparklinePath } from './sparkline-path.ts';

const row = (...values: CellValue[]): TableCell[] =>
  values.map((data) => ({ data, text: String(data), dimmed: false }));
const column = (rows: readonly (readonly TableCell[])[], index: number) =>
  rows.map((cells) => cells[index]?.data);

describe('sortRows', () => {
  const rows = [row('b', 10), row('ä', null), row('a', 9), row('Z', 10)];

  it('sorts numbers by size with missing ones last, in both directions', () => {
    const sorted = (direction: 'ascending' | 'descending') =>
      column(sortRows(rows, { index: 1, direction }, 'de-DE'), 1);
    expect(sorted('ascending')).toEqual([9, 10, 10, null]);
    expect(sorted('descending')).toEqual([10, 10, 9, null]);
  });

  it('sorts texts as the locale does', () => {
    const sorted = column(sortRows(rows, { index: 0, direction: 'ascending' }, 'de-DE'), 0);
    expect(sorted).toEqual(['a', 'ä', 'b', 'Z']);
  });

  it('goes through both directions and back to the order of the service', () => {
    const first = nextSort(undefined, 1, true);
    expect(first?.direction).toBe('descending');
    const second = nextSort(first, 1, true);
    expect(second?.direction).toBe('ascending');
    expect(nextSort(second, 1, true)).toBeUndefined();
    expect(nextSort(first, 0, false)).toEqual({ index: 0, direction: 'ascending' });
    expect(sortRows(rows, undefined, 'en-US')).toBe(rows);
  });
});

describe('sparklinePath', () => {
  it('draws within its box, over gaps, and nothing for less than two values', () => {
    expect(sparklinePath([1, null, 3], 100, 32).line).toBe('M0 26L100 2');
    expect(sparklinePath([5, 5], 100, 32).line).toBe('M0 16L100 16');
    expect(sparklinePath([null, 4], 100, 32)).toEqual({ line: '', area: '' });
  });
});
