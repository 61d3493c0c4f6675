import type { BarSeriesOption, LineSeriesOption } from 'echarts';
import type { ChartData } from '../data/chart-data.ts';
import { readableOn, withAlpha } from '../theme/color.ts';
import { seriesColors } from '../theme/member-colors.ts';
import type { Widget } from '../view-model.ts';
import type { ChartContext } from './chart-context.ts';
import { labelRoom, type Plot } from './plot.ts';
import { drawnValues, isStacked } from './stacking.ts';
import { valueLabel } from './value-label.ts';

/** Opacity of marks outside a highlight. */
export const dimmedOpacity = 0.26;
const maxLabelledPoints = 40;
const maxLooseMarks = 2000;

/** Lines, with or without the area below them. Gaps stay open; a value between two gaps is a dot. */
export function lineSeries(
  widget: Widget,
  data: ChartData,
  context: ChartContext,
): LineSeriesOption[] {
  const stacked = isStacked(widget);
  const hidden = new Set(context.hiddenSeries);
  const colors = seriesColors(widget, data, context);
  return data.series.map((series, index) => {
    const color = colors[index] ?? context.theme.colors.accent;
    const values = drawnValues(widget, data, index, hidden);
    const hasLoose = values.length <= maxLooseMarks && values.some((_v, at) => isLoose(values, at));
    const opacity = series.dimmed ? dimmedOpacity : 1;
    return {
      type: 'line',
      name: series.key,
      color,
      data: values.map((value, at) => mark(data, at, value, hasLoose && !isLoose(values, at))),
      connectNulls: false,
      symbol: 'circle',
      symbolSize: 6,
      showSymbol: hasLoose,
      showAllSymbol: hasLoose,
      lineStyle: {
        width: stacked && widget.type === 'area' ? 1 : 2,
        opacity,
        cap: 'round',
        join: 'round',
      },
      emphasis: { scale: 1.2, lineStyle: { width: 2 } },
      ...(stacked ? { stack: 'all' } : {}),
      ...(widget.type === 'area' ? { areaStyle: area(color, stacked, opacity) } : {}),
      ...(values.length > maxLooseMarks && !values.includes(null) ? { sampling: 'lttb' } : {}),
      ...labelOf(widget, data, context, { index, color }, 'top'),
    };
  });
}

/** Columns, or bars where the widget lies on its side. */
export function barSeries(
  widget: Widget,
  data: ChartData,
  context: ChartContext,
  plot: Plot,
): BarSeriesOption[] {
  const stacked = isStacked(widget);
  const hidden = new Set(context.hiddenSeries);
  const colors = seriesColors(widget, data, context);
  const { surface } = context.theme.colors;
  const hasRoom = stacked ? labelRoom(widget, data, plot) : () => true;
  const isSideways = widget.type === 'bar';
  return data.series.map((series, index) => {
    const color = colors[index] ?? context.theme.colors.accent;
    const values = drawnValues(widget, data, index, hidden);
    return {
      type: 'bar',
      name: series.key,
      color,
      barMaxWidth: isSideways ? 22 : 44,
      barGap: '12%',
      barCategoryGap: '30%',
      data: values.map((value, at) => {
        const dimmed = series.dimmed || data.points[at]?.dimmed === true;
        const radius = stacked ? 0 : cornerRadius(widget, value);
        return {
          value: plotted(data, at, value),
          itemStyle: { borderRadius: radius, opacity: dimmed ? dimmedOpacity : 1 },
          ...(!stacked && (value ?? 0) < 0
            ? { label: { position: isSideways ? 'left' : 'bottom' } }
            : {}),
        };
      }),
      itemStyle: stacked ? { borderColor: surface, borderWidth: 0.75 } : {},
      emphasis: { itemStyle: { color } },
      ...(stacked ? { stack: 'all' } : {}),
      ...labelOf(widget, data, context, { index, color }, stacked ? 'inside' : 'end', (at) =>
        hasRoom(values[at] ?? 0),
      ),
    } as BarSeriesOption;
  });
}

function plotted(data: ChartData, at: number, value: number | null) {
  return data.scale === 'time' ? [data.points[at]?.ms ?? 0, value] : value;
}

function mark(data: ChartData, at: number, value: number | null, isHidden: boolean) {
  const drawn = plotted(data, at, value) as number;
  if (!isHidden) return drawn;
  return { value: drawn, itemStyle: { opacity: 0 }, emphasis: { itemStyle: { opacity: 1 } } };
}

function isLoose(values: readonly (number | null)[], at: number): boolean {
  return values[at] != null && values[at - 1] == null && values[at + 1] == null;
}

function area(color: string, stacked: boolean, opacity: number) {
  if (stacked) return { color: withAlpha(color, 0.72 * opacity), opacity: 1 };
  const colorStops = [
    { offset: 0, color: withAlpha(color, 0.24 * opacity) },
    { offset: 1, color: withAlpha(color, 0.02) },
  ];
  return { color: { type: 'linear', x: 0, y: 0, x2: 0, y2: 1, colorStops }, opacity: 1 } as const;
}

function cornerRadius(widget: Widget, value: number | null): number[] {
  const isNegative = (value ?? 0) < 0;
  if (widget.type === 'bar') return isNegative ? [3, 0, 0, 3] : [0, 3, 3, 0];
  return isNegative ? [0, 0, 3, 3] : [3, 3, 0, 0];
}

function labelOf(
  widget: Widget,
  data: ChartData,
  context: ChartContext,
  { index, color }: { readonly index: number; readonly color: string },
  place: 'top' | 'inside' | 'end',
  hasRoom: (dataIndex: number) => boolean = () => true,
) {
  if (!widget.options?.labels || data.points.length > maxLabelledPoints) return {};
  const { colors, typography } = context.theme;
  const isBar = widget.type === 'bar';
  return {
    label: {
      show: true,
      position: place === 'end' ? (isBar ? 'right' : 'top') : place,
      color: place === 'inside' ? readableOn(color) : colors.textMuted,
      fontFamily: typography.fontFamily,
      fontSize: Math.max(10, typography.fontSizePx - 3),
      formatter: ({ dataIndex }: { dataIndex: number }) =>
        hasRoom(dataIndex) ? valueLabel(widget, data, index, dataIndex, context.locale) : '',
    },
    labelLayout: { hideOverlap: true },
  } as const;
}
