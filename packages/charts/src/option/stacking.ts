import type { ChartData } from '../data/chart-data.ts';
import type { Widget } from '../view-model.ts';

/** True where series stand on top of each other. */
export function isStacked(widget: Widget): boolean {
  const stacking = widget.options?.stacking ?? 'none';
  return stacking !== 'none' && widget.type !== 'pie';
}

/** True where the series of a point fill to 100 %. */
export function isPercentStacked(widget: Widget): boolean {
  return widget.options?.stacking === 'percent' && widget.type !== 'pie';
}

/** A value's share of its point, by absolute amounts, 0 to 1 (negative where the value is); null where there is none. */
export function shareOfPoint(
  data: ChartData,
  seriesIndex: number,
  dataIndex: number,
  hidden: ReadonlySet<string> = new Set(),
): number | null {
  const value = data.series[seriesIndex]?.values[dataIndex] ?? null;
  if (value === null) return null;
  const total = data.series.reduce(
    (sum, series) => (hidden.has(series.key) ? sum : sum + Math.abs(series.values[dataIndex] ?? 0)),
    0,
  );
  return total === 0 ? null : value / total;
}

/** What is drawn: the value or its share. In a stack a member that is absent beside present ones counts as zero. */
export function drawnValues(
  widget: Widget,
  data: ChartData,
  seriesIndex: number,
  hidden: ReadonlySet<string>,
): (number | null)[] {
  const values = data.series[seriesIndex]?.values ?? [];
  if (!isStacked(widget)) return [...values];
  return values.map((value, index) => {
    if (value === null)
      return data.series.some((series) => series.values[index] != null) ? 0 : null;
    return isPercentStacked(widget) ? shareOfPoint(data, seriesIndex, index, hidden) : value;
  });
}
