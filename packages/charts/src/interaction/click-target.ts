import { pieSlices } from '../data/pie-slices.ts';
import { readChart } from '../data/read-chart.ts';
import { plainText } from '../text/plain-text.ts';
import type {
  CellValue,
  Datatype,
  DateLevel,
  QueryResult,
  ViewItem,
  Widget,
} from '../view-model.ts';
import { type Hit, pointOfHit } from './hit.ts';

/** A member that a click names: what a filter on it needs. */
export interface ClickTarget {
  readonly dim: string;
  readonly level?: DateLevel;
  readonly datatype: Datatype;
  /** Title of the field. */
  readonly title: string;
  readonly value: Exclude<CellValue, null>;
  readonly text: string;
}

/**
 * The member a click in a chart names. `part` chooses between the member on the axis (default; a pie's slice) and the
 * member that splits the series. Undefined where there is none, and for a missing value, which no member filter can name.
 */
export function clickTarget(
  widget: Widget,
  result: QueryResult,
  hit: Hit,
  options: { readonly locale: string; readonly part?: 'category' | 'series' },
): ClickTarget | undefined {
  const data = readChart(result, options.locale);
  if (options.part === 'series') {
    const series = 'dataIndex' in hit ? data.series[hit.seriesIndex ?? -1] : undefined;
    return series?.split && targetOf(data.seriesItem, series.split.data, series.split.text);
  }
  const index =
    widget.type === 'pie' && 'dataIndex' in hit
      ? pieSlices(data)[hit.dataIndex]?.index
      : pointOfHit(data, hit);
  const point = data.points[index ?? -1];
  return point && targetOf(data.categoryItem, point.data, point.text);
}

/** The member that a cell of a table or a chart names, by the item of its column. */
export function targetOf(
  item: ViewItem | undefined,
  value: CellValue,
  text: string,
): ClickTarget | undefined {
  const jaql = item?.jaql;
  const dim =
    jaql?.dim ?? (jaql?.table && jaql.column ? `[${jaql.table}.${jaql.column}]` : undefined);
  if (jaql === undefined || dim === undefined || value === null) return undefined;
  return {
    dim,
    ...(jaql.level ? { level: jaql.level } : {}),
    datatype: jaql.datatype ?? 'text',
    title: jaql.title ?? '',
    value,
    text: plainText(text),
  };
}
