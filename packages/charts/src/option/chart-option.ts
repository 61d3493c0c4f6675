import type { EChartsOption } from 'echarts';
import type { ChartData } from '../data/chart-data.ts';
import { readChart } from '../data/read-chart.ts';
import type { QueryResult, Widget, WidgetType } from '../view-model.ts';
import { cartesianOption } from './cartesian-option.ts';
import type { ChartContext } from './chart-context.ts';
import { describeChart } from './describe-chart.ts';
import { pieOption } from './pie-option.ts';

const maxMovingMarks = 2000;
const chartTypes: ReadonlySet<WidgetType> = new Set(['line', 'area', 'column', 'bar', 'pie']);

/** True for the widgets that ECharts draws. */
export function isChart(widget: Widget): boolean {
  return chartTypes.has(widget.type);
}

/** True where the result holds nothing that the chart could draw. */
export function isEmptyChart(result: QueryResult, locale: string): boolean {
  return !readChart(result, locale).series.some((series) =>
    series.values.some((value) => value !== null),
  );
}

/**
 * The ECharts option of a line, area, column, bar or pie widget: one size, one theme, one locale; make it anew when any of
 * them changes. It holds no tooltip: see `tooltipModel`. Throws TypeError for a widget that is no chart.
 */
export function chartOption(
  widget: Widget,
  result: QueryResult,
  context: ChartContext,
): EChartsOption {
  if (!isChart(widget)) throw new TypeError(`A ${widget.type} widget is not drawn by ECharts`);
  const data = readChart(result, context.locale);
  const option =
    widget.type === 'pie'
      ? pieOption(widget, data, context)
      : cartesianOption(widget, data, context);
  return {
    ...motion(data, context),
    backgroundColor: 'transparent',
    useUTC: true,
    textStyle: { fontFamily: context.theme.typography.fontFamily },
    aria: { enabled: true, label: { enabled: true, description: describeChart(widget, data) } },
    ...option,
  };
}

function motion(data: ChartData, context: ChartContext): EChartsOption {
  const marks = data.points.length * data.series.length;
  if (context.still || context.animate === false || marks > maxMovingMarks)
    return { animation: false };
  return {
    animation: true,
    animationDuration: 240,
    animationDurationUpdate: 200,
    animationEasing: 'cubicOut',
  };
}
