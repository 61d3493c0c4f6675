import type { ChartData } from '../data/chart-data.ts';
import { hasNegative, valueExtent } from '../data/value-extent.ts';
import { formatTick } from '../format/format-tick.ts';
import type { Widget } from '../view-model.ts';
import { type AxisOption, axisStyle } from './axis-style.ts';
import type { ChartContext } from './chart-context.ts';
import { isPercentStacked, isStacked } from './stacking.ts';

/** The axis of numbers; `lengthPx` is what it will have. */
export function valueAxis(
  widget: Widget,
  data: ChartData,
  context: ChartContext,
  lengthPx: number,
): AxisOption {
  const isBar = widget.type === 'bar';
  const splits = Math.max(2, Math.min(6, Math.floor(lengthPx / (isBar ? 90 : 44))));
  const base = baseAxis(context, splits);
  if (isPercentStacked(widget)) return { ...base, ...percentScale(data, context, splits) };
  const { low, high } = valueExtent(data, isStacked(widget));
  const isZoomed = widget.type === 'line' && low > high / 2;
  const range = isZoomed ? high - low || high : Math.max(0, high) - Math.min(0, low);
  const format = data.series[0]?.item.format;
  const hasLabels = widget.options?.labels === true;
  return {
    ...base,
    scale: isZoomed,
    axisLabel: {
      ...base.axisLabel,
      // Bars that carry their numbers need no ticks as well.
      show: !(isBar && hasLabels),
      formatter: (value: number) => formatTick(value, format, range, context.locale),
    },
    ...(isBar && hasLabels ? { splitLine: { show: false } } : {}),
    ...(hasLabels && low < 0 ? { boundaryGap: ['14%', '14%'] } : {}),
    ...(isCount(data) ? { minInterval: 1 } : {}),
  };
}

function baseAxis(context: ChartContext, splits: number) {
  const style = axisStyle(context);
  return {
    ...style,
    type: 'value',
    axisLine: { show: false },
    splitNumber: splits,
    splitLine: { show: true, lineStyle: { color: context.theme.colors.grid, width: 1 } },
    axisLabel: { ...style.axisLabel, hideOverlap: true },
  } as const;
}

function percentScale(data: ChartData, context: ChartContext, splits: number): AxisOption {
  return {
    min: hasNegative(data) ? -1 : 0,
    max: 1,
    interval: splits >= 4 ? 0.25 : 0.5,
    axisLabel: {
      ...baseAxis(context, splits).axisLabel,
      formatter: (value: number) => formatTick(value, { style: 'percent' }, 1, context.locale),
    },
  };
}

function isCount(data: ChartData): boolean {
  return data.series.every(({ item }) => item.jaql.agg?.startsWith('count') === true);
}
