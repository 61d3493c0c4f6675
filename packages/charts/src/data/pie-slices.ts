import type { ChartData } from './chart-data.ts';

/** A slice of a pie. */
export interface PieSlice {
  /** Place in `ChartData.points`. */
  readonly index: number;
  readonly key: string;
  readonly text: string;
  readonly value: number;
  /** 0 to 1. */
  readonly share: number;
  readonly dimmed: boolean;
}

/**
 * The slices of a pie, from the first series: points with a value above zero, since nothing and less than nothing
 * have no angle. A slice's `dataIndex` in the chart is its place in this list.
 */
export function pieSlices(data: ChartData, hidden: ReadonlySet<string> = new Set()): PieSlice[] {
  const values = data.series[0]?.values ?? [];
  const shown = data.points.flatMap((point, index) => {
    const value = values[index] ?? 0;
    return value > 0 ? [{ ...point, index, value }] : [];
  });
  const total = shown.reduce((sum, { key, value }) => (hidden.has(key) ? sum : sum + value), 0);
  return shown.map(({ index, key, text, value, dimmed }) => {
    return { index, key, text, value, dimmed, share: hidden.has(key) ? 0 : value / total };
  });
}
