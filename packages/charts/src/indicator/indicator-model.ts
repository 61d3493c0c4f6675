import type { ChartData, ChartSeries } from '../data/chart-data.ts';
import { readChart } from '../data/read-chart.ts';
import { formatNumber } from '../format/format-number.ts';
import { formatValue } from '../format/format-value.ts';
import { placeholder } from '../format/placeholder.ts';
import { plainText } from '../text/plain-text.ts';
import type { QueryResult, ViewItem, Widget } from '../view-model.ts';
import { changeOf, type IndicatorChange } from './indicator-change.ts';

/** What an indicator writes, ready to be set as text. */
export interface IndicatorModel {
  readonly state: 'value' | 'empty';
  /** Title of the measure. */
  readonly label: string;
  readonly text: string;
  /** The same number short (`1.2M`), for narrow places. */
  readonly compactText: string;
  readonly value: number | null;
  /** The period the value stands for, where it is that of the last one. */
  readonly period?: string;
  /** Second measure, or the period before. */
  readonly comparison?: {
    readonly label: string;
    readonly text: string;
    readonly change?: IndicatorChange;
  };
  /** One a period, oldest first; null where there is none. */
  readonly sparkline?: readonly (number | null)[];
}

/**
 * What an indicator shows. Without a category: the first measure, compared with the second. With a category (mostly a
 * date) the periods make the sparkline, and the number is their **sum** where the measure adds up (`sum`, `countduplicates`)
 * and otherwise the value of the **last** period, which is named in `period` and compared with the period before unless there
 * is a second measure: averages and distinct counts of periods do not add up.
 */
export function indicatorModel(
  widget: Widget,
  result: QueryResult,
  { locale }: { readonly locale: string },
): IndicatorModel {
  const data = readChart(result, locale);
  return data.categoryItem === undefined
    ? singleRow(widget, result, data, locale)
    : overPeriods(widget, data, locale);
}

function singleRow(
  widget: Widget,
  result: QueryResult,
  data: ChartData,
  locale: string,
): IndicatorModel {
  const items = result.metadata.filter((item) => item.panel !== 'series');
  const values = data.series[0]?.values ?? [];
  const [primary, second] = items;
  const compared =
    second === undefined
      ? {}
      : comparison(widget, second, values[0] ?? null, values[1] ?? null, locale);
  return { ...numberModel(primary, values[0] ?? null, locale), ...compared };
}

function overPeriods(widget: Widget, data: ChartData, locale: string): IndicatorModel {
  const [first, second] = data.series;
  const last = first?.values.findLastIndex((value) => value !== null) ?? -1;
  if (first === undefined || last === -1) return numberModel(first?.item, null, locale);
  const sparkline = data.points.length > 1 ? { sparkline: first.values } : {};
  const isTotal = addsUp(first.item);
  const value = isTotal ? total(first) : (first.values[last] ?? null);
  const base = { ...numberModel(first.item, value, locale), ...sparkline };
  const period = data.points[last]?.text ?? '';
  if (second !== undefined) {
    const other = isTotal && addsUp(second.item) ? total(second) : (second.values[last] ?? null);
    return {
      ...base,
      ...(isTotal ? {} : { period }),
      ...comparison(widget, second.item, value, other, locale),
    };
  }
  if (isTotal) return base;
  const before = data.points[last - 1];
  const previous = { ...first.item, jaql: { ...first.item.jaql, title: before?.text ?? '' } };
  const compared = before
    ? comparison(widget, previous, value, first.values[last - 1] ?? null, locale)
    : {};
  return { ...base, period, ...compared };
}

function numberModel(
  item: ViewItem | undefined,
  value: number | null,
  locale: string,
): IndicatorModel {
  const format = item?.format;
  return {
    state: value === null ? 'empty' : 'value',
    label: plainText(item?.jaql.title ?? ''),
    text: plainText(formatValue(value, { datatype: 'numeric', format }, locale)),
    compactText:
      value === null
        ? placeholder
        : plainText(formatNumber(value, { ...format, compact: true, decimals: 1 }, locale)),
    value,
  };
}

function comparison(
  widget: Widget,
  item: ViewItem,
  value: number | null,
  other: number | null,
  locale: string,
): Pick<IndicatorModel, 'comparison'> {
  const change = changeOf(value, other, widget.options?.goodDirection, locale);
  return {
    comparison: {
      label: plainText(item.jaql.title ?? ''),
      text: plainText(formatValue(other, { datatype: 'numeric', format: item.format }, locale)),
      ...(change ? { change } : {}),
    },
  };
}

function addsUp({ jaql }: ViewItem): boolean {
  return jaql.agg === 'sum' || jaql.agg === 'countduplicates';
}

function total(series: ChartSeries): number {
  return series.values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
