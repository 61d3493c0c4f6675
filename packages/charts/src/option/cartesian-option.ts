import type { EChartsOption } from 'echarts';
import type { ChartData } from '../data/chart-data.ts';
import { hasNegative } from '../data/value-extent.ts';
import { plainText } from '../text/plain-text.ts';
import type { Widget } from '../view-model.ts';
import { type AxisOption, axisName, axisPointer } from './axis-style.ts';
import { barSeries, lineSeries } from './cartesian-series.ts';
import { bottomAxis, leftAxis } from './category-axis.ts';
import { type ChartContext, smallFontPx } from './chart-context.ts';
import { topLegend } from './legend.ts';
import { valueAxis } from './value-axis.ts';

/** Line, area, column and bar charts. */
export function cartesianOption(
  widget: Widget,
  data: ChartData,
  context: ChartContext,
): EChartsOption {
  const isBar = widget.type === 'bar';
  const isLine = widget.type === 'line' || widget.type === 'area';
  const legend = data.series.length > 1 ? topLegend(data.series, context) : undefined;
  const { xTitle, yTitle } = widget.options ?? {};
  const legendPx = legend?.heightPx ?? 0;
  const topPx = legendPx + (yTitle && !isBar ? smallFontPx(context) + 10 : 10);
  const hasTicksBelow = !(isBar && widget.options?.labels);
  const plot = {
    width: context.width - 52,
    height: context.height - topPx - (hasTicksBelow ? 34 : 4),
  };
  const members = isBar
    ? leftAxis(data, context, plot.height)
    : bottomAxis(
        data,
        context,
        plot.width,
        isLine && data.scale === 'periods' && data.points.length > 1,
      );
  const numbers = valueAxis(widget, data, context, isBar ? plot.width * 0.7 : plot.height);
  const pointed: AxisOption = {
    ...members,
    axisPointer: axisPointer(context, isLine ? 'line' : 'shadow'),
  };
  const bottomTitle = axisName(context, xTitle, data.scale === 'periods' ? 40 : 30);
  const zero = hasNegative(data) && data.scale !== 'time' ? [zeroLine(members, context)] : [];
  return {
    ...(legend ? { legend: legend.legend } : {}),
    grid: {
      left: 0,
      right: isBar && widget.options?.labels ? 44 : 12,
      top: topPx,
      bottom: 2,
      outerBoundsMode: 'same',
      outerBoundsContain: xTitle ? 'all' : 'axisLabel',
    },
    xAxis: isBar ? { ...numbers, ...bottomTitle } : [{ ...pointed, ...bottomTitle }, ...zero],
    yAxis: isBar ? [pointed, ...zero] : { ...numbers, ...topName(context, yTitle) },
    series: isLine ? lineSeries(widget, data, context) : barSeries(widget, data, context, plot),
  } as EChartsOption;
}

/** The title of the number axis lies flat on top of it: turned text is hard to read. */
function topName(context: ChartContext, title: string | undefined) {
  if (!title) return {};
  return {
    ...axisName(context, plainText(title), 8),
    nameLocation: 'end',
    nameTextStyle: {
      color: context.theme.colors.textMuted,
      fontSize: smallFontPx(context),
      fontFamily: context.theme.typography.fontFamily,
      align: 'left',
    },
  } as const;
}

function zeroLine(members: AxisOption, context: ChartContext): AxisOption {
  return {
    ...members,
    position: undefined,
    axisPointer: { show: false },
    axisLabel: { show: false },
    axisLine: {
      show: true,
      onZero: true,
      lineStyle: { color: context.theme.colors.textMuted, width: 1 },
    },
  };
}
