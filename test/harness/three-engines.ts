/**
 * The same rows in three databases, each behind the product's own engine: for tests that compare answers.
 *
 *     const sales = await openOn('postgres', [{ name: 'sales', columns: { id: 'integer' }, rows: [[1]] }]);
 *     await sales.engine.query({ text, params, maxRows: 10, timeoutMs: 10_000 });
 *     await sales.close();
 *
 * The servers start with the first database that needs them and end with the process.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type Engine, openClickHouse, openDuckDb, openPostgres } from '@vitrine/engines';
import { Client } from 'pg';
import { type ClickHouse, cluster, startClickHouse } from './start-clickhouse.ts';
import { type Postgres, startPostgres } from './start-postgres.ts';

export const engineNames = ['duckdb', 'postgres', 'clickhouse'] as const;
export type EngineName = (typeof engineNames)[number];

/** `decimal` has two places, `single` is a float of 32 bits. */
export type SampleType =
  | 'text'
  | 'integer'
  | 'number'
  | 'single'
  | 'decimal'
  | 'timestamp'
  | 'date'
  | 'boolean';

/** A table as every engine can have it. Dates are `YYYY-MM-DD[ HH:mm:ss[.ffffff]]`; large integers are texts. */
export interface SampleTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, SampleType>>;
  readonly rows: readonly (readonly (string | number | boolean | null)[])[];
}

export interface OpenOptions {
  readonly connections?: number;
  /** Tables that lie on the two shards of a cluster, by the column that says on which; ClickHouse alone has it. */
  readonly sharded?: Readonly<Record<string, string>>;
}

export interface OpenedEngine {
  readonly engine: Engine;
  /** What `openPostgres` or `openClickHouse` was given, or the path of the database file. */
  readonly address: string;
  close(): Promise<void>;
}

const types: Readonly<Record<EngineName, Readonly<Record<SampleType, string>>>> = {
  duckdb: {
    text: 'VARCHAR',
    integer: 'BIGINT',
    number: 'DOUBLE',
    single: 'FLOAT',
    decimal: 'DECIMAL(18, 2)',
    timestamp: 'TIMESTAMP',
    date: 'DATE',
    boolean: 'BOOLEAN',
  },
  postgres: {
    text: 'text',
    integer: 'bigint',
    number: 'double precision',
    single: 'real',
    decimal: 'numeric(18, 2)',
    timestamp: 'timestamp',
    date: 'date',
    boolean: 'boolean',
  },
  clickhouse: {
    text: 'Nullable(String)',
    integer: 'Nullable(Int64)',
    number: 'Nullable(Float64)',
    single: 'Nullable(Float32)',
    decimal: 'Nullable(Decimal(18, 2))',
    timestamp: "Nullable(DateTime64(6, 'UTC'))",
    date: 'Nullable(Date32)',
    boolean: 'Nullable(Bool)',
  },
};

/** A new database with these tables, opened as the service would. */
export function openOn(
  engine: EngineName,
  tables: readonly SampleTable[],
  options: OpenOptions = {},
): Promise<OpenedEngine> {
  const statements = tables.flatMap((table) => statementsOf(engine, table));
  return openers[engine](statements, options);
}

/** As `openOn`, with statements in the engine's own SQL instead of tables. */
export const openers: Readonly<
  Record<
    EngineName,
    (statements: readonly string[], options?: OpenOptions) => Promise<OpenedEngine>
  >
> = {
  async duckdb(statements) {
    const cacheDir = mkdtempSync(join(tmpdir(), 'three-engines-'));
    const database = join(cacheDir, `${randomUUID()}.duckdb`);
    const instance = await DuckDBInstance.create(database);
    const connection = await instance.connect();
    for (const statement of statements) await connection.run(statement);
    connection.closeSync();
    instance.closeSync();
    const engine = await openDuckDb({ database, cacheDir, memoryLimit: '500MB', threads: 2 });
    return {
      engine,
      address: database,
      async close() {
        await engine.close();
        rmSync(cacheDir, { recursive: true, force: true });
      },
    };
  },

  async postgres(statements, options = {}) {
    // As most databases are: in the order of a language unless a statement says otherwise.
    const owner = await (await postgres()).createDatabase('en-US');
    const client = new Client({ connectionString: owner });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.query(readerRole);
    await client.end();
    const address = asReader(owner);
    const engine = await openPostgres({ connectionString: address, ...options });
    return { engine, address, close: () => engine.close() };
  },

  async clickhouse(statements, { sharded = {}, ...options } = {}) {
    const server = await clickHouse();
    const address = await server.createDatabase();
    const shards = Object.entries(sharded).flatMap(([table, key]) => shardedOver(table, key));
    for (const statement of [...statements, ...shards]) await server.run(address, statement);
    const engine = await openClickHouse({ url: address, ...options });
    return { engine, address, close: () => engine.close() };
  },
};

/**
 * Puts a distributed table in the place of a table. Both shards are on one server, which has the rows once: so what a shard
 * has of them is said by a view.
 */
function shardedOver(table: string, key: string): string[] {
  const hash = `cityHash64("${key}")`;
  return [
    `RENAME TABLE "${table}" TO "${table}_rows"`,
    `CREATE VIEW "${table}_shard" AS SELECT * FROM "${table}_rows" WHERE ${hash} % 2 = shardNum() - 1`,
    `CREATE TABLE "${table}" AS "${table}_rows"
     ENGINE = Distributed(${cluster}, currentDatabase(), '${table}_shard', ${hash})`,
  ];
}

/** May read every table and nothing else; roles belong to the server, grants to the database. */
const readerRole = `
  DO $$ BEGIN CREATE ROLE reader LOGIN PASSWORD 'reader'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
  GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader`;

/** The address of the same database for the role that may only read. */
export function asReader(owner: string): string {
  return Object.assign(new URL(owner), { username: 'reader', password: 'reader' }).href;
}

let runningPostgres: Promise<Postgres> | undefined;
let runningClickHouse: Promise<ClickHouse> | undefined;

/** The PostgreSQL server of this process; it ends with it. */
export function postgres(): Promise<Postgres> {
  runningPostgres ??= startPostgres();
  return runningPostgres;
}

/** The ClickHouse server of this process; it ends with it. */
export function clickHouse(): Promise<ClickHouse> {
  runningClickHouse ??= startClickHouse();
  return runningClickHouse;
}

const rowsAStatement = 1_000;

/** Statements that make a table in the SQL of an engine. */
export function statementsOf(engine: EngineName, { name, columns, rows }: SampleTable): string[] {
  const list = Object.entries(columns).map(([column, type], index) => {
    const hasNull = rows.length === 0 || rows.some((row) => row[index] === null);
    const full = types[engine][type];
    // Columns that cannot be null behave in their own way there.
    return `"${column}" ${hasNull ? full : full.replace(/^Nullable\((.*)\)$/, '$1')}`;
  });
  const storage = engine === 'clickhouse' ? ' ENGINE = MergeTree ORDER BY tuple()' : '';
  const inserts = Array.from({ length: Math.ceil(rows.length / rowsAStatement) }, (_, page) => {
    const some = rows.slice(page * rowsAStatement, (page + 1) * rowsAStatement);
    const values = some.map((row) => `(${row.map((cell) => literal(engine, cell)).join(', ')})`);
    return `INSERT INTO "${name}" VALUES ${values.join(', ')}`;
  });
  return [`CREATE TABLE "${name}" (${list.join(', ')})${storage}`, ...inserts];
}

function literal(engine: EngineName, cell: string | number | boolean | null): string {
  if (typeof cell !== 'string') return String(cell);
  const text = engine === 'clickhouse' ? cell.replaceAll('\\', '\\\\') : cell;
  return `'${text.replaceAll("'", "''")}'`;
}
