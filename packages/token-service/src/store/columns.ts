/** A row as a driver returns it. */
export type Row = Readonly<Record<string, unknown>>;

/** A text column. Throws `TypeError` when the row holds anything else. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new TypeError(`column ${column} is not text`);
  return value;
}

/** An integer column. Throws `TypeError` when the row holds anything else. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw new TypeError(`column ${column} is not an integer`);
  return value;
}

/** A boolean column, which SQLite keeps as 0 or 1. Throws `TypeError` when the row holds anything else. */
export function flag(row: Row, column: string): boolean {
  const value = row[column];
  if (value === true || value === 1) return true;
  if (value === false || value === 0) return false;
  throw new TypeError(`column ${column} is not a boolean`);
}

/** A text column that may be NULL. */
export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : text(row, column);
}

/** An integer column that may be NULL. */
export function integerOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : integer(row, column);
}
