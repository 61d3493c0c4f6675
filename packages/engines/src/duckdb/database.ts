import { type DuckDBConnection, type DuckDBInstance, StatementType } from '@duckdb/node-api';
import type { EngineCell } from '../engine.ts';
import { bindParam } from './bind-param.ts';
import { openHardened } from './hardening.ts';
import type { DatabaseOptions, RowsMessage, RunMessage } from './messages.ts';
import { plainValue } from './plain-value.ts';

const interruptAgainMs = 100;

/** An open, hardened database, as it lives in the child process. */
export class Database {
  readonly #instance: DuckDBInstance;
  readonly #idle: DuckDBConnection[] = [];
  readonly #running = new Map<number, DuckDBConnection>();

  private constructor(instance: DuckDBInstance) {
    this.#instance = instance;
  }

  static async open(options: DatabaseOptions): Promise<Database> {
    return new Database(await openHardened(options));
  }

  /** Runs one SELECT; whatever else is asked for throws before it runs. */
  async run({ id, text, params, maxRows }: RunMessage): Promise<RowsMessage> {
    const connection = this.#idle.pop() ?? (await this.#instance.connect());
    this.#running.set(id, connection);
    try {
      const statement = await connection.prepare(text);
      try {
        if (statement.statementType !== StatementType.SELECT) throw new Error('not a query');
        for (const [index, param] of params.entries()) bindParam(statement, index + 1, param);
        return { kind: 'rows', id, ...(await readColumns(await statement.stream(), maxRows)) };
      } finally {
        statement.destroySync();
      }
    } finally {
      this.#running.delete(id);
      this.#idle.push(connection);
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

type Result = Awaited<ReturnType<Awaited<ReturnType<DuckDBConnection['prepare']>>['stream']>>;

async function readColumns(
  result: Result,
  maxRows: number,
): Promise<Pick<RowsMessage, 'columns' | 'rowCount' | 'truncated'>> {
  const columns: EngineCell[][] = Array.from({ length: result.columnCount }, () => []);
  let rowCount = 0;
  while (rowCount <= maxRows) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    const wanted = Math.min(chunk.rowCount, maxRows + 1 - rowCount);
    for (const [index, column] of columns.entries()) {
      const values = chunk.getColumnValues(index);
      for (let row = 0; row < wanted; row++) column.push(plainValue(values[row] ?? null));
    }
    rowCount += wanted;
  }
  const truncated = rowCount > maxRows;
  if (truncated) for (const column of columns) column.length = maxRows;
  return { columns, rowCount: Math.min(rowCount, maxRows), truncated };
}
