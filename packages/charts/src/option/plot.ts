import type { ChartData } from '../data/chart-data.ts';
import { valueExtent } from '../data/value-extent.ts';
import type { Widget } from '../view-model.ts';
import { isPercentStacked, isStacked } from './stacking.ts';

/** Estimated size of the field inside the axes, px. */
export interface Plot {
  readonly width: number;
  readonly height: number;
}

/** Narrowest mark, across, that a number can be written in, px. */
const labelWidthPx = 30;
const labelHeightPx = 14;

/** Tells for a stack which parts are too small to hold their number. */
export function labelRoom(widget: Widget, data: ChartData, plot: Plot): (value: number) => boolean {
  const isBar = widget.type === 'bar';
  const { low, high } = isPercentStacked(widget)
    ? { low: 0, high: 1 }
    : valueExtent(data, isStacked(widget));
  const span = Math.max(0, high) - Math.min(0, low) || 1;
  const along = isBar ? plot.width : plot.height;
  const across = ((isBar ? plot.height : plot.width) / Math.max(1, data.points.length)) * 0.7;
  const needed = isBar ? [labelWidthPx, labelHeightPx] : [labelHeightPx, labelWidthPx];
  if (across < (needed[1] ?? 0)) return () => false;
  return (value) => (Math.abs(value) / span) * along >= (needed[0] ?? 0);
}
