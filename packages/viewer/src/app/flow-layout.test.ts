import type { WidgetType } from '@vitrine/charts';
import { describe, expect, it } from 'vitest';
import { flowLayout } from './flow-layout.ts';

const widgets = (...columns: number[]) =>
  columns.map((count) => ({ type: 'bar' as WidgetType, layout: { columns: count, rows: 4 } }));
const middle = (...columns: number[]) => flowLayout(widgets(...columns)).map((one) => one.middle);

describe('flowLayout', () => {
  it('fills each row of six columns', () => {
    expect(middle(3, 3, 3, 3)).toEqual([3, 3, 3, 3]);
    expect(middle(8, 4)).toEqual([4, 2]);
    expect(middle(6, 6)).toEqual([3, 3]);
    expect(middle(4, 4, 4)).toEqual([2, 2, 2]);
    expect(middle(2, 2, 2, 2, 2)).toEqual([2, 2, 2, 3, 3]);
    expect(middle(12)).toEqual([6]);
    expect(middle(10, 2)).toEqual([4, 2]);
    expect(middle(8)).toEqual([6]);
  });

  it('begins a new row where the twelve columns are full', () => {
    expect(middle(8, 4, 6, 6)).toEqual([4, 2, 3, 3]);
    expect(middle(8, 6)).toEqual([6, 6]);
  });

  it('puts two indicators side by side on a phone, an odd one alone, all else in full width', () => {
    const types: WidgetType[] = [
      'indicator',
      'indicator',
      'indicator',
      'bar',
      'indicator',
      'indicator',
    ];
    const placed = flowLayout(types.map((type) => ({ type, layout: { columns: 3, rows: 2 } })));
    expect(placed.map((one) => one.narrow)).toEqual([1, 1, 2, 2, 1, 1]);
  });

  it('keeps sizes within the grid', () => {
    const [placed] = flowLayout([{ type: 'bar', layout: { columns: 99, rows: 0 } }]);
    expect(placed).toEqual({ wide: 12, middle: 6, narrow: 2, rows: 1 });
  });
});
