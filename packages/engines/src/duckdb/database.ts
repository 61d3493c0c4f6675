import type { DuckDBInstance, DuckDBMaterializedResult } from '@duckdb/node-api';
import type { EngineCell } from '../engine.ts';
import { openHardened } from './hardening.ts';
import type { DatabaseOptions, RowsMessage, RunMessage } from './messages.ts';
import { plainValue } from './plain-value.ts';
import { PreparedConnection } from './prepared-connection.ts';
import { poolThreads } from './start-child.ts';

const interruptAgainMs = 100;

/** An open, hardened database, as it lives in the child process. */
export class Database {
  readonly #instance: DuckDBInstance;
  /** The one used last at the end: it is taken first, so that few connections serve and keep what they prepared. */
  readonly #idle: PreparedConnection[] = [];
  readonly #running = new Map<number, PreparedConnection>();

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  static async open(options: DatabaseOptions): Promise<Database> {
    return new Database(await openHardened(options));
  }

  /** Runs one SELECT; whatever else is asked for throws before it runs. */
  async run({ id, text, params, maxRows }: RunMessage): Promise<RowsMessage> {
    const connection = this.#idle.pop() ?? new PreparedConnection(await this.#instance.connect());
    this.#running.set(id, connection);
    try {
      return { kind: 'rows', id, ...readColumns(await connection.run(text, params), maxRows) };
    } finally {
      this.#running.delete(id);
      // More run where some were given up, and go on until their interrupt meets them.
      if (this.#idle.length < poolThreads) this.#idle.push(connection);
      else connection.close();
    }
  }

  /** Interrupts a query until it ends: an interrupt that meets it between two steps has no effect. */
  interrupt(id: number): void {
    const connection = this.#running.get(id);
    if (connection === undefined) return;
    connection.interrupt();
    setTimeout(() => this.interrupt(id), interruptAgainMs);
  }
}

/** The whole result is in memory by now: a statement bounds its own rows. */
function readColumns(
  result: DuckDBMaterializedResult,
  maxRows: number,
): Pick<RowsMessage, 'columns' | 'rowCount' | 'truncated'> {
  const columns: EngineCell[][] = Array.from({ length: result.columnCount }, () => []);
  const rowCount = Math.min(result.rowCount, maxRows);
  for (let nth = 0, read = 0; read < rowCount; nth += 1) {
    const chunk = result.getChunk(nth);
    const wanted = Math.min(chunk.rowCount, rowCount - read);
    for (const [index, column] of columns.entries()) {
      const values = chunk.getColumnValues(index);
      for (let row = 0; row < wanted; row++) column.push(plainValue(values[row] ?? null));
    }
    read += wanted;
  }
  return { columns, rowCount, truncated: result.rowCount > maxRows };
}
