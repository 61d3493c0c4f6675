import { type ClientBase, Pool, types } from 'pg';
import type { Row } from '../columns.ts';
import { failureOf } from './failure.ts';

/** SQL that each connection prepares once, under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** An array becomes a PostgreSQL array; JSON is given as text. */
export type Value = string | number | boolean | null | readonly (string | number | null)[];

/** Runs statements. Throws `StateError` `store_unavailable`. */
export interface Runner {
  /** The rows that the statement returns. */
  rows(statement: Statement, values: readonly Value[]): Promise<readonly Row[]>;
  /** Whether the statement touched any row. */
  run(statement: Statement, values: readonly Value[]): Promise<boolean>;
}

/** Limits of a process's connections to PostgreSQL. */
export interface DatabaseOptions {
  /** Default 10; statements beyond wait for a free one. */
  readonly maxConnections?: number;
  /** Milliseconds to connect, or to wait for a free connection. Default 3,000. */
  readonly connectTimeoutMs?: number;
  /**
   * Milliseconds after which the server ends a statement or an idle transaction. Default 10,000. A server
   * that does not even do that is given up after half as long again.
   */
  readonly statementTimeoutMs?: number;
}

const int8 = 20;

/** Whatever the server's defaults are: what is committed is on the disk, and is seen by the next statement. */
const sessionSettings = `
  SELECT set_config('default_transaction_isolation', 'read committed', false),
    CASE WHEN current_setting('synchronous_commit') = 'off'
      THEN set_config('synchronous_commit', 'on', false) END`;

/** A pool of connections that makes new ones by itself when the server has been away. */
export class Database implements Runner {
  readonly #pool: Pool;

  /** Connects on first use. Throws `StateError` `store_unavailable` for a URL that cannot be read. */
  constructor(
    url: string,
    {
      maxConnections = 10,
      connectTimeoutMs = 3_000,
      statementTimeoutMs = 10_000,
    }: DatabaseOptions = {},
  ) {
    try {
      this.#pool = new Pool({
        connectionString: url,
        fallback_application_name: 'vitrine',
        max: maxConnections,
        keepAlive: true,
        connectionTimeoutMillis: connectTimeoutMs,
        statement_timeout: statementTimeoutMs,
        idle_in_transaction_session_timeout: statementTimeoutMs,
        // For a server that vanished: it cannot end the statement any more.
        query_timeout: statementTimeoutMs * 1.5,
        types: { getTypeParser },
        onConnect: (client) => client.query(sessionSettings),
      });
    } catch (error) {
      throw failureOf(error);
    }
    // A lost connection fails the statement that uses it; unheard, the event would end the process.
    this.#pool.on('error', () => {});
    this.#pool.on('connect', (client) => client.on('error', () => {}));
  }

  rows(statement: Statement, values: readonly Value[]): Promise<readonly Row[]> {
    return rowsOf(this.#pool, statement, values);
  }

  run(statement: Statement, values: readonly Value[]): Promise<boolean> {
    return runOn(this.#pool, statement, values);
  }

  /** All that `work` runs takes effect together, or nothing where it throws. */
  async transaction<T>(work: (runner: Runner) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw failureOf(error);
    });
    try {
      await client.query('BEGIN');
      const result = await work({
        rows: (statement, values) => rowsOf(client, statement, values),
        run: (statement, values) => runOn(client, statement, values),
      });
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      // Closing the connection rolls back, also where the connection is what failed.
      client.release(true);
      throw failureOf(error);
    }
  }

  /** Waits for the statements under way. */
  async close(): Promise<void> {
    await this.#pool.end();
  }
}

type Queryable = Pick<ClientBase, 'query'>;

async function query(on: Queryable, { name, text }: Statement, values: readonly Value[]) {
  try {
    return await on.query<Row>({ name, text, values: [...values] });
  } catch (error) {
    throw failureOf(error);
  }
}

async function rowsOf(on: Queryable, statement: Statement, values: readonly Value[]) {
  return (await query(on, statement, values)).rows;
}

async function runOn(on: Queryable, statement: Statement, values: readonly Value[]) {
  return ((await query(on, statement, values)).rowCount ?? 0) > 0;
}

/** Times and counters are far below 2^53, so an int8 is a number. */
const getTypeParser: typeof types.getTypeParser = (
  ...asked: Parameters<typeof types.getTypeParser>
) => (asked[0] === int8 ? Number : types.getTypeParser(...asked));
