import type { ChartData } from './chart-data.ts';

/** The span of the values drawn. */
export interface ValueExtent {
  readonly low: number;
  readonly high: number;
}

/** Least and greatest value, or, where series stand on each other, least and greatest sum of a point. Zero is in it only if a value is. */
export function valueExtent(data: ChartData, isStacked: boolean): ValueExtent {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const include = (value: number) => {
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  data.points.forEach((_point, index) => {
    let below = 0;
    let above = 0;
    for (const series of data.series) {
      const value = series.values[index];
      if (value == null) continue;
      if (!isStacked) include(value);
      else if (value < 0) below += value;
      else above += value;
    }
    if (isStacked) include(below);
    if (isStacked) include(above);
  });
  return low > high ? { low: 0, high: 0 } : { low, high };
}

/** True where any value lies below zero. */
export function hasNegative(data: ChartData): boolean {
  return data.series.some((series) => series.values.some((value) => value !== null && value < 0));
}
