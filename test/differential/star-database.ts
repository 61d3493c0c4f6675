import {
  BIGINT,
  DOUBLE,
  DuckDBInstance,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import type { AclRule } from '@vitrine/claims';
import {
  type CompileContext,
  type CompiledQuery,
  compileMembers,
  compileQuery,
  duckDbDialect,
  JaqlError,
  type SqlParam,
} from '@vitrine/jaql';
import type { Case } from './arbitrary-query.ts';
import { starModel, starSql } from './star-schema.ts';

const types: Record<SqlParam['type'], DuckDBType> = {
  text: VARCHAR,
  integer: BIGINT,
  number: DOUBLE,
  timestamp: TIMESTAMP,
};
const now = new Date('2020-03-01T12:00:00Z');
const original = starModel('full_');
const copied = starModel('copy_');

/** What a case came to: rows, or the code of its refusal. */
export type Outcome = { readonly rows: readonly string[] } | { readonly code: string };

/** The star in a database, and its copy beside it. */
export async function openStar() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const sql = async (statements: readonly string[]) => {
    for (const statement of statements) await connection.run(statement);
  };
  await sql(starSql('full_'));

  const run = async ({ text, params }: CompiledQuery): Promise<string[]> => {
    const values = params.map(nativeValue);
    const kinds = params.map((one) => ('list' in one ? LIST(types[one.type]) : types[one.type]));
    return (await connection.runAndReadAll(text, values, kinds))
      .getRowsJson()
      .map((row) => JSON.stringify(row));
  };
  const outcome = async (
    asked: Case,
    on: 'original' | 'copy',
    rules: readonly AclRule[],
  ): Promise<Outcome> => {
    const context: CompileContext = {
      model: on === 'original' ? original : copied,
      dialect: duckDbDialect,
      rules,
      filters: asked.filters,
      now,
      timeZone: 'UTC',
      maxRows: 20_000,
    };
    try {
      const rows = await run(compile(asked, context));
      return { rows: asked.query?.ungroup === true ? rows.toSorted() : rows };
    } catch (error) {
      if (error instanceof JaqlError) return { code: error.code };
      throw error;
    }
  };
  return {
    sql,
    outcome,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function compile({ query, members }: Case, context: CompileContext): CompiledQuery {
  if (members !== undefined) return compileMembers(members, context);
  if (query === undefined) throw new TypeError('A case asks for something.');
  return compileQuery(query, context);
}

function nativeValue(param: SqlParam): DuckDBValue {
  const one = (value: string | number): DuckDBValue => {
    if (param.type === 'integer') return BigInt(value);
    if (param.type !== 'timestamp') return value;
    return new DuckDBTimestampValue(BigInt(Date.parse(`${value}Z`)) * 1_000n);
  };
  return 'list' in param ? listValue(param.list.map(one)) : one(param.value);
}
