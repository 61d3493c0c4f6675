import type { CompiledItem, Scope } from './plan/query.ts';
import type { Dialect, SqlParam } from './sql/dialect.ts';

/** A scope and the engine's way of writing SQL. */
export interface CompileContext extends Scope {
  readonly dialect: Dialect;
}

/** One statement, as plain data. It asks for one row more than `limit`, so that a reader who stops at `limit` knows of a cut. */
export interface CompiledQuery {
  readonly text: string;
  readonly params: readonly SqlParam[];
  readonly items: readonly CompiledItem[];
  readonly limit: number;
  /** Totals by the first 0, 1, … dimensions, where the query asks for them. */
  readonly totals?: readonly CompiledTotals[];
}

/** One statement for the totals by the first dimensions of a query. */
export interface CompiledTotals {
  /** How many dimensions; 0 is the grand total. */
  readonly by: number;
  /** In a pivot, how many of the dimensions across its columns (`panel: "columns"`), which `by` does not count. */
  readonly across?: number;
  /** What the query calls its totals. */
  readonly title?: string;
  readonly text: string;
  readonly params: readonly SqlParam[];
  readonly limit: number;
  /** For each item of the query, the cell of a total's row; none for other dimensions, and for what a total does not have. */
  readonly cells: readonly (number | undefined)[];
}
