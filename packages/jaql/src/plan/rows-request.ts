import type { Grouping, Term } from '../formula/term.ts';
import type { InForce } from './in-force.ts';
import { type Output, outputName, type Rows } from './plan.ts';
import type { Reading } from './read-item.ts';
import type { Planning } from './restrict-table.ts';

/** One key or value of the request that rows are sorted by. */
export interface SortedBy {
  readonly role: 'key' | 'value';
  readonly index: number;
  readonly direction: 'asc' | 'desc';
}

/** Groups and what to compute in each. */
export interface RowsRequest {
  readonly keys: readonly Grouping[];
  readonly filters: InForce;
  readonly values: readonly Term[];
  /** In which order running sums run: by these, then by the keys. */
  readonly sorted?: readonly SortedBy[];
}

/** Rows with the keys `c0`, `c1`, …, and the names of their values. */
export interface PlannedRows {
  readonly rows: Rows;
  readonly values: readonly Output[];
}

/** What planning rows needs; rows are planned inside of each other. */
export interface RowPlanning extends Planning {
  readonly reading: Reading;
  /** A name for a column, used once in a statement. */
  nextName(): string;
  planRows(request: RowsRequest): PlannedRows;
}

/** The key of rows by its place. */
export function keyName({ keys }: Pick<RowsRequest, 'keys'>, index: number): Output {
  return outputName('key', index, keys[index]?.field.column.type ?? 'text');
}
