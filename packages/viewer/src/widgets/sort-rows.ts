import type { CellValue, TableCell } from '@vitrine/charts';

export interface TableSort {
  /** Column by its place in the row. */
  readonly index: number;
  readonly direction: 'ascending' | 'descending';
}

/** The rows in another order: numbers by size, texts as the locale sorts them, missing values last. Stable. */
export function sortRows(
  rows: readonly (readonly TableCell[])[],
  sort: TableSort | undefined,
  locale: string,
): readonly (readonly TableCell[])[] {
  if (!sort) return rows;
  const collator = new Intl.Collator(locale, { numeric: true });
  const sign = sort.direction === 'ascending' ? 1 : -1;
  return [...rows].sort((one, other) => {
    const a = one[sort.index]?.data ?? null;
    const b = other[sort.index]?.data ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * compare(a, b, collator);
  });
}

/** The order after a click on a column's head: first the one that is mostly wanted, then the other, then as it came. */
export function nextSort(
  current: TableSort | undefined,
  index: number,
  isMeasure: boolean,
): TableSort | undefined {
  const first = isMeasure ? 'descending' : 'ascending';
  const second = isMeasure ? 'ascending' : 'descending';
  if (current?.index !== index) return { index, direction: first };
  return current.direction === first ? { index, direction: second } : undefined;
}

function compare(
  a: Exclude<CellValue, null>,
  b: Exclude<CellValue, null>,
  collator: Intl.Collator,
) {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}
