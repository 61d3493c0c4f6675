import {
  type DuckDBConnection,
  type DuckDBMaterializedResult,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import type { SqlParam } from '@vitrine/jaql';
import { bindParam } from './bind-param.ts';

const maxKept = 64;
const maxKeptCharacters = 32_768;

/** A connection and the statements last prepared on it: readers of one dashboard ask the same text with other parameters. */
export class PreparedConnection {
  readonly #connection: DuckDBConnection;
  /** By text, the one used last at the end. */
  readonly #kept = new Map<string, DuckDBPreparedStatement>();

  constructor(connection: DuckDBConnection) {
    this.#connection = connection;
  }

  /** Runs one SELECT; whatever else is asked for throws before it runs. One at a time. */
  async run(text: string, params: readonly SqlParam[]): Promise<DuckDBMaterializedResult> {
    const statement = await this.#take(text);
    try {
      // A value of another reader must never stand in for one that is missing.
      statement.clearBindings();
      for (const [index, param] of params.entries()) bindParam(statement, index + 1, param);
      const result = await statement.run();
      this.#keep(text, statement);
      return result;
    } catch (error) {
      statement.destroySync();
      throw error;
    }
  }

  interrupt(): void {
    this.#connection.interrupt();
  }

  async #take(text: string): Promise<DuckDBPreparedStatement> {
    const kept = this.#kept.get(text);
    if (kept !== undefined) {
      this.#kept.delete(text);
      return kept;
    }
    const statement = await this.#connection.prepare(text);
    if (statement.statementType === StatementType.SELECT) return statement;
    statement.destroySync();
    throw new Error('not a query');
  }

  #keep(text: string, statement: DuckDBPreparedStatement): void {
    if (text.length > maxKeptCharacters) {
      statement.destroySync();
      return;
    }
    this.#kept.set(text, statement);
    const [oldest] = this.#kept;
    if (this.#kept.size <= maxKept || oldest === undefined) return;
    this.#kept.delete(oldest[0]);
    oldest[1].destroySync();
  }
}
