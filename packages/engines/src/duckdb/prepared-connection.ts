import {
  type DuckDBConnection,
  type DuckDBMaterializedResult,
  type DuckDBPreparedStatement,
  StatementType,
} from '@duckdb/node-api';
import type { SqlParam } from '@vitrine/jaql';
import { bindParam } from './bind-param.ts';

const maxKept = 64;
/** Weight of one statement, and of all together: a plan takes some 400 bytes a character, beside DuckDB's own memory limit. */
const maxWeight = 32_768;
const maxKeptWeight = 65_536;
/** Of a value that a statement was last run with, besides its characters: clearing the bindings does not free it. */
const valueWeight = 8;

interface Kept {
  readonly statement: DuckDBPreparedStatement;
  readonly weight: number;
}

/** A connection and the statements last prepared on it: readers of one dashboard ask the same text with other parameters. */
export class PreparedConnection {
  readonly #connection: DuckDBConnection;
  /** By text, the one used last at the end. */
  readonly #kept = new Map<string, Kept>();
  #weight = 0;

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
      this.#keep(text, { statement, weight: weightOf(text, params) });
      return result;
    } catch (error) {
      statement.destroySync();
      throw error;
    }
  }

  interrupt(): void {
    this.#connection.interrupt();
  }

  /** Takes all that was prepared with it. To be called when nothing runs. */
  close(): void {
    this.#connection.closeSync();
  }

  async #take(text: string): Promise<DuckDBPreparedStatement> {
    const kept = this.#letGo(text);
    if (kept !== undefined) return kept;
    const statement = await this.#connection.prepare(text);
    if (statement.statementType === StatementType.SELECT) return statement;
    statement.destroySync();
    throw new Error('not a query');
  }

  #keep(text: string, kept: Kept): void {
    if (kept.weight > maxWeight) {
      kept.statement.destroySync();
      return;
    }
    this.#kept.set(text, kept);
    this.#weight += kept.weight;
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= maxKept && this.#weight <= maxKeptWeight) break;
      this.#letGo(oldest)?.destroySync();
    }
  }

  #letGo(text: string): DuckDBPreparedStatement | undefined {
    const kept = this.#kept.get(text);
    this.#kept.delete(text);
    this.#weight -= kept?.weight ?? 0;
    return kept?.statement;
  }
}

function weightOf(text: string, params: readonly SqlParam[]): number {
  const values = params.flatMap((param) => ('list' in param ? param.list : [param.value]));
  return values.reduce<number>(
    (weight, value) => weight + valueWeight + String(value).length,
    text.length,
  );
}
