import { isMeasure } from '../data/roles.ts';
import { placeholder } from '../format/placeholder.ts';
import { plainText } from '../text/plain-text.ts';
import type { CellValue, QueryResult, ViewItem, Widget } from '../view-model.ts';

/** A column as a table draws it. */
export interface TableColumn {
  /** Place in the row. */
  readonly index: number;
  readonly title: string;
  readonly align: 'start' | 'end';
  readonly isMeasure: boolean;
  /** Width that shows nearly all cells, in characters, 6 to 36. */
  readonly widthCh: number;
  readonly item: ViewItem;
}

/** A cell as a table draws it. */
export interface TableCell {
  readonly data: CellValue;
  readonly text: string;
  /** Outside the highlight. */
  readonly dimmed: boolean;
  /** Data bar: where it begins and how long it is, as shares of the cell's width, 0 to 1. */
  readonly bar?: { readonly start: number; readonly length: number };
}

/** A table, ready to be drawn. */
export interface TableModel {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  readonly truncated: boolean;
}

/** What a table shows: numbers at the end of the cell, all else at its start; data bars with `dataBars`. */
export function tableModel(widget: Widget, result: QueryResult): TableModel {
  const columns = result.metadata.map((item, index) => readColumn(item, index, result));
  const ranges = columns.map((column) =>
    widget.options?.dataBars && column.isMeasure ? rangeOf(result, column.index) : undefined,
  );
  const rows = result.values.map((row) =>
    columns.map(({ index }) => {
      const cell = row[index];
      const range = ranges[index];
      const bar = range && typeof cell?.data === 'number' ? barOf(cell.data, range) : undefined;
      return {
        data: cell?.data ?? null,
        text: plainText(cell?.text ?? '') || placeholder,
        dimmed: cell?.selected === false,
        ...(bar ? { bar } : {}),
      };
    }),
  );
  return { columns, rows, truncated: result.truncated };
}

function readColumn(item: ViewItem, index: number, result: QueryResult): TableColumn {
  const title = plainText(item.jaql.title ?? result.headers[index] ?? '');
  const lengths = result.values
    .slice(0, 200)
    .map((row) => row[index]?.text.length ?? 0)
    .sort((one, other) => one - other);
  const usual = lengths[Math.floor(lengths.length * 0.95)] ?? 0;
  return {
    index,
    title,
    align: item.jaql.datatype === 'numeric' || isMeasure(item) ? 'end' : 'start',
    isMeasure: isMeasure(item),
    widthCh: Math.min(36, Math.max(6, usual + 1, Math.min(title.length, 14))),
    item,
  };
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function rangeOf(result: QueryResult, index: number): Range | undefined {
  let low = 0;
  let high = 0;
  for (const row of result.values) {
    const data = row[index]?.data;
    if (typeof data !== 'number' || !Number.isFinite(data)) continue;
    low = Math.min(low, data);
    high = Math.max(high, data);
  }
  return high > low ? { low, high } : undefined;
}

function barOf(value: number, { low, high }: Range) {
  const place = (at: number) => (at - low) / (high - low);
  return {
    start: place(Math.min(0, value)),
    length: place(Math.max(0, value)) - place(Math.min(0, value)),
  };
}
