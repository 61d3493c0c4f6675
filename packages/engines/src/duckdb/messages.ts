/** What an engine and its child process say to each other. */
import type { SqlParam } from '@vitrine/jaql';
import type { EngineCell } from '../engine.ts';

/** A database to open, and what its queries may use. */
export interface DatabaseOptions {
  /** Absolute path of the database file. */
  readonly database: string;
  readonly tempDirectory: string;
  /** As DuckDB writes it: `1GB`. */
  readonly memoryLimit: string;
  readonly threads: number;
  /** Bytes that queries may write to the temporary directory, as DuckDB writes it. */
  readonly maxTempSize: string;
}

/** Files to read into a new database. */
export interface ImportJob extends DatabaseOptions {
  readonly relations: readonly {
    readonly name: string;
    readonly path: string;
    /** Columns that its rows are put in the order of; none: as they come. */
    readonly sortedBy: readonly string[];
  }[];
}

export interface RunMessage {
  readonly kind: 'run';
  readonly id: number;
  readonly text: string;
  readonly params: readonly SqlParam[];
  readonly maxRows: number;
}

export type ToChild =
  | { readonly kind: 'open'; readonly options: DatabaseOptions }
  | RunMessage
  | { readonly kind: 'interrupt'; readonly id: number };

export interface RowsMessage {
  readonly kind: 'rows';
  readonly id: number;
  /** Column by column, which crosses the process border at a fraction of the cost of rows. */
  readonly columns: readonly (readonly EngineCell[])[];
  readonly rowCount: number;
  readonly truncated: boolean;
}

export type FromChild =
  | { readonly kind: 'opened' }
  | { readonly kind: 'unavailable' }
  | RowsMessage
  | { readonly kind: 'failed'; readonly id: number };
