import type { Cell, QueryResult, ValueFormat, ViewItem } from '@vitrine/charts';
import writeExcelFile, { type SheetData } from 'write-excel-file/node';

/** One widget's rows for a workbook. */
export interface ExportSheet {
  readonly title: string;
  readonly result: QueryResult;
}

/** A workbook with a sheet for each widget. Cells carry typed values, never formulas. */
export async function writeXlsx(sheets: readonly ExportSheet[]): Promise<Buffer> {
  const names = sheetNames(sheets.map(({ title }) => title));
  return await writeExcelFile(
    sheets.map(({ result }, index) => ({
      sheet: names[index] ?? `Sheet ${index + 1}`,
      data: sheetData(result),
      columns: result.headers.map((header) => ({
        width: Math.min(Math.max(header.length + 2, 14), 48),
      })),
      stickyRowsCount: 1,
    })),
  ).toBuffer();
}

function sheetData({ headers, values, metadata }: QueryResult): SheetData {
  const head = headers.map((header) => ({
    value: header,
    type: String,
    fontWeight: 'bold' as const,
  }));
  return [
    head,
    ...values.map((row) => row.map((cell, column) => sheetCell(cell, metadata[column]))),
  ];
}

function sheetCell({ data }: Cell, item: ViewItem | undefined) {
  if (data === null) return null;
  if (typeof data === 'boolean') return { value: data, type: Boolean };
  if (typeof data === 'number') {
    return Number.isFinite(data)
      ? { value: data, type: Number, format: numberFormat(item?.format) }
      : null;
  }
  const date = item?.jaql.datatype === 'datetime' && !item.jaql.agg ? dateOf(data) : undefined;
  return date
    ? { value: date, type: Date, format: 'yyyy-mm-dd hh:mm' }
    : { value: text(data), type: String };
}

function dateOf(text: string): Date | undefined {
  const date = new Date(`${text}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A cell holds 32,767 characters; control characters are not allowed in XML. */
function text(value: string): string {
  return value
    .toWellFormed()
    .replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')
    .slice(0, 32_767);
}

function numberFormat(format: ValueFormat | undefined): string {
  const decimals = format?.decimals;
  const fraction = decimals === undefined ? '.##' : decimals > 0 ? `.${'0'.repeat(decimals)}` : '';
  if (format?.style === 'percent') return `0${fraction}%`;
  return decimals === undefined ? 'General' : `#,##0${fraction}`;
}

/** Sheet names are unique, at most 31 characters and free of the characters that references use. */
function sheetNames(titles: readonly string[]): string[] {
  const taken = new Set<string>();
  return titles.map((title, index) => {
    const plain = title
      .replaceAll(/[\p{C}[\]*?:/\\']/gu, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim();
    const base = plain.slice(0, 31).trim() || `Sheet ${index + 1}`;
    let name = base;
    for (let suffix = 2; taken.has(name.toLowerCase()); suffix += 1) {
      name = `${base.slice(0, 31 - String(suffix).length - 1)} ${suffix}`;
    }
    taken.add(name.toLowerCase());
    return name;
  });
}
