import type { Widget } from '@vitrine/charts';
import { expect, it } from 'vitest';
import { layBands } from './layout.ts';

const widget = (columns: number, rows: number): Widget => ({
  oid: '670c00000000000000000001',
  type: 'column',
  title: '',
  dataSource: '',
  metadata: [],
  layout: { columns, rows },
});

it('flows widgets into bands of twelve columns', () => {
  const bands = layBands([widget(8, 5), widget(4, 2), widget(6, 3), widget(12, 1)], 1200);
  expect(bands.map((band) => band.places.length)).toEqual([2, 1, 1]);
  expect(bands.map((band) => band.height)).toEqual([424, 248, 72]);
  expect(bands[0]?.places[1]?.x).toBeCloseTo((bands[0]?.places[0]?.width ?? 0) + 16);
});

it('takes absurd sizes', () => {
  const [band] = layBands([widget(99, 10_000), widget(-3, Number.MIN_VALUE)], 1200);
  expect(band?.places[0]?.width).toBe(1200);
  expect(band?.height).toBeLessThan(2000);
});
