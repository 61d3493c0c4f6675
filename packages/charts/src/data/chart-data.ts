import type { Cell, CellValue, DateLevel, ViewItem } from '../view-model.ts';

/** One place on the category axis, or one slice. */
export interface ChartPoint {
  /** Key of the member; for several category columns the text of all of them. */
  readonly key: string;
  readonly data: CellValue;
  readonly text: string;
  /** Wall-clock milliseconds where the category is a date. */
  readonly ms: number | undefined;
  /** Outside the highlight. */
  readonly dimmed: boolean;
}

/** A line, or the bars of one colour, over all points. */
export interface ChartSeries {
  /** Stable over refreshes: the measure's position and, where the chart is split, the member. */
  readonly key: string;
  readonly text: string;
  /** The measure drawn; undefined only where each point is a measure of its own (no category). */
  readonly item: ViewItem;
  /** Member of the `series` field. */
  readonly split: Cell | undefined;
  readonly dimmed: boolean;
  /** One a point; null where there is no row or no number. */
  readonly values: readonly (number | null)[];
  readonly cells: readonly (Cell | undefined)[];
}

/**
 * A result as a chart sees it. `periods`: every period of the level between the first and the last, evenly spaced;
 * `time`: dates that lie on no such grid, on a continuous axis; `category`: members in the result's order.
 */
export interface ChartData {
  readonly scale: 'category' | 'periods' | 'time';
  readonly level: DateLevel | undefined;
  readonly categoryItem: ViewItem | undefined;
  readonly seriesItem: ViewItem | undefined;
  readonly points: readonly ChartPoint[];
  readonly series: readonly ChartSeries[];
}
