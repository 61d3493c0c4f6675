import type { Dialect, SqlParam } from '@vitrine/jaql';

/** A value of an answer; dates are `YYYY-MM-DDTHH:mm:ss`, integers beyond 2^53 are text, NaN and Infinity are null. */
export type EngineCell = string | number | boolean | null;

/** One statement to run. */
export interface EngineQuery {
  readonly text: string;
  readonly params: readonly SqlParam[];
  /** Rows to give back; more than these set `truncated`. */
  readonly maxRows: number;
  /** Milliseconds, waiting included, until `query_timeout`. */
  readonly timeoutMs: number;
  /** Ends the query with `query_cancelled`. */
  readonly signal?: AbortSignal;
}

export interface EngineRows {
  readonly rows: readonly (readonly EngineCell[])[];
  readonly truncated: boolean;
}

/** A connected data source. */
export interface Engine {
  readonly dialect: Dialect;
  /** True where the data never changes while the engine is open. Default false: results are kept for a short time only. */
  readonly isSnapshot?: boolean;
  /** Runs one SELECT. Codes: `query_timeout`, `query_cancelled`, `query_failed`, `overloaded`, `source_unavailable`. */
  query(query: EngineQuery): Promise<EngineRows>;
  close(): Promise<void>;
}
