import type { CellValue, QueryResult } from '@vitrine/charts';
import { stringify } from 'csv-stringify/sync';

/**
 * A result as CSV (RFC 4180) in UTF-8 with a byte order mark, values as they are, not formatted. Text that a
 * spreadsheet would run as a formula gets a leading apostrophe (B-9).
 */
export function writeCsv({ headers, values }: QueryResult): string {
  const rows = [headers, ...values.map((row) => row.map(({ data }) => data))];
  return stringify(
    rows.map((row) => row.map(plainCell)),
    { bom: true, record_delimiter: 'windows' },
  );
}

/** Text that no spreadsheet takes for a formula. Numbers are left alone: they are not text. */
export function plainCell(value: CellValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  return /^\s*[=+\-@\t\r\n\uFF0B\uFF0D\uFF1D\uFF20]/u.test(value) ? `'${value}` : value;
}
