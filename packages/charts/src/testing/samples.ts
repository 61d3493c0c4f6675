import { formatValue } from '../format/format-value.ts';
import type { Cell, CellValue, QueryResult, ViewItem, Widget, WidgetType } from '../view-model.ts';

/** A result as the service would write it in a locale. */
export function resultOf(
  metadata: readonly ViewItem[],
  rows: readonly (readonly CellValue[])[],
  locale = 'en-US',
): QueryResult {
  const cellOf = (data: CellValue, item: ViewItem | undefined): Cell => {
    const datatype = item?.jaql.datatype ?? 'text';
    const spec = { datatype, level: item?.jaql.level, format: item?.format };
    return { data, text: formatValue(data, spec, locale) };
  };
  return {
    headers: metadata.map((item) => item.jaql.title ?? ''),
    values: rows.map((row) => row.map((data, index) => cellOf(data, metadata[index]))),
    metadata,
    truncated: false,
  };
}

export function widgetOf(
  type: WidgetType,
  metadata: readonly ViewItem[],
  more: Partial<Widget> = {},
): Widget {
  return {
    oid: '670c00000000000000000001',
    type,
    title: 'Strikes',
    dataSource: 'Wildlife Strikes',
    layout: { columns: 6, rows: 5 },
    metadata,
    ...more,
  };
}

export const text = (title: string, panel = 'category'): ViewItem => ({
  jaql: { dim: `[Strikes.${title}]`, datatype: 'text', title },
  panel,
});

export const date = (level: NonNullable<ViewItem['jaql']['level']>): ViewItem => ({
  jaql: { dim: '[Strikes.Flight Date]', datatype: 'datetime', level, title: 'Date' },
  panel: 'category',
});

export const sum = (title = 'Strikes', format?: ViewItem['format']): ViewItem => ({
  jaql: { dim: '[Strikes.Count]', datatype: 'numeric', agg: 'sum', title },
  panel: 'value',
  ...(format ? { format } : {}),
});

export const avg = (title = 'Speed', format?: ViewItem['format']): ViewItem => ({
  jaql: { dim: '[Strikes.Speed]', datatype: 'numeric', agg: 'avg', title },
  panel: 'value',
  ...(format ? { format } : {}),
});

/** `YYYY-MM-01T00:00:00` texts from a year and month (1 to 12) on. */
export function months(year: number, month: number, count: number, step = 1): string[] {
  return Array.from({ length: count }, (_none, index) =>
    new Date(Date.UTC(year, month - 1 + index * step)).toISOString().slice(0, 19),
  );
}

/** Numbers from 0 to 1 that are the same in every run. */
export function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
