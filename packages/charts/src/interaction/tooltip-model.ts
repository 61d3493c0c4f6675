import type { ChartData } from '../data/chart-data.ts';
import { pieSlices } from '../data/pie-slices.ts';
import { readChart } from '../data/read-chart.ts';
import { formatNumber } from '../format/format-number.ts';
import { isPercentStacked, isStacked, shareOfPoint } from '../option/stacking.ts';
import { plainText } from '../text/plain-text.ts';
import { type MemberColors, seriesColors } from '../theme/member-colors.ts';
import type { QueryResult, Theme, Widget } from '../view-model.ts';
import { type Hit, pointOfHit } from './hit.ts';

/** One series in a tooltip. */
export interface TooltipRow {
  readonly color: string;
  /** Empty where the chart has one series without a name of its own. */
  readonly label: string;
  readonly text: string;
  /** Share of the whole, written in the locale: pies and stacks. */
  readonly share?: string;
  /** True for the series of the mark under the pointer. */
  readonly isHit: boolean;
}

/** A tooltip: the place, and what each series has there. */
export interface TooltipModel {
  readonly title: string;
  readonly rows: readonly TooltipRow[];
}

/** What a tooltip depends on besides the widget and its rows. */
export interface TooltipContext {
  readonly theme: Theme;
  readonly locale: string;
  /** Keys of series (pies: slices) switched off in the legend. Default none. */
  readonly hiddenSeries?: readonly string[];
  /** Default: colours by position. */
  readonly colors?: MemberColors;
}

/**
 * What a tooltip says about a place in a chart: plain texts to be set as text, never as HTML. Undefined where nothing
 * is there.
 */
export function tooltipModel(
  widget: Widget,
  result: QueryResult,
  hit: Hit,
  context: TooltipContext,
): TooltipModel | undefined {
  const data = readChart(result, context.locale);
  const hidden = new Set(context.hiddenSeries);
  if (widget.type === 'pie') return sliceModel(widget, data, hit, context, hidden);
  const index = pointOfHit(data, hit);
  if (index === undefined) return undefined;
  const hitSeries = 'dataIndex' in hit ? hit.seriesIndex : undefined;
  const colors = seriesColors(widget, data, context);
  const rows = data.series.flatMap((series, position) => {
    const value = series.values[index];
    if (value == null || hidden.has(series.key)) return [];
    const share =
      isStacked(widget) && data.series.length > 1
        ? shareOfPoint(data, position, index, hidden)
        : null;
    return [
      {
        color: colors[position] ?? context.theme.colors.accent,
        label: series.text,
        text: plainText(series.cells[index]?.text ?? ''),
        ...(share === null
          ? {}
          : { share: percent(share, context.locale, isPercentStacked(widget)) }),
        isHit: position === hitSeries,
      },
    ];
  });
  return rows.length === 0 ? undefined : { title: data.points[index]?.text ?? '', rows };
}

function sliceModel(
  widget: Widget,
  data: ChartData,
  hit: Hit,
  context: TooltipContext,
  hidden: ReadonlySet<string>,
): TooltipModel | undefined {
  const position = 'dataIndex' in hit ? hit.dataIndex : hit.axisValue;
  const slice = pieSlices(data, hidden)[position];
  const series = data.series[0];
  if (slice === undefined || series === undefined) return undefined;
  const row = {
    color: seriesColors(widget, data, context)[position] ?? context.theme.colors.accent,
    label: series.text,
    text: plainText(series.cells[slice.index]?.text ?? ''),
    share: percent(slice.share, context.locale, true),
    isHit: true,
  };
  return { title: slice.text, rows: [row] };
}

function percent(share: number, locale: string, isExact: boolean): string {
  return formatNumber(share, { style: 'percent', decimals: isExact ? 1 : 0 }, locale);
}
