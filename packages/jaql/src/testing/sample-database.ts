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
import type { AclRule, JaqlItem } from '@vitrine/claims';
import {
  type CompileContext,
  type CompiledQuery,
  compileMembers,
  compileQuery,
  duckDbDialect,
  type JaqlQuery,
  type MembersRequest,
  type SqlParam,
} from '../index.ts';
import { sampleModel, sampleSql } from './sample-model.ts';

const types: Record<SqlParam['type'], DuckDBType> = {
  text: VARCHAR,
  integer: BIGINT,
  number: DOUBLE,
  timestamp: TIMESTAMP,
};

export const wednesday = new Date('2013-02-20T22:30:00Z');

/** A rule of the sample data source. */
export function rule(table: string, column: string, more: Partial<AclRule>): AclRule {
  return { dataSourceTitle: 'Sample', table, column, ...more };
}

/** A context of the sample model with nothing restricted. */
export function context(more: Partial<CompileContext> = {}): CompileContext {
  return {
    model: sampleModel,
    dialect: duckDbDialect,
    rules: [],
    filters: [],
    now: wednesday,
    timeZone: 'UTC',
    maxRows: 50_000,
    ...more,
  };
}

/** The sample tables in a real DuckDB; every statement is bound and run by it. */
export async function openSample() {
  const tables = await openTables(sampleSql, context);
  return {
    ...tables,
    /** Ids of the orders that an item, as a scope filter, keeps. */
    kept: async (jaql: JaqlItem['jaql'] | object, more: Partial<CompileContext> = {}) => {
      const metadata = [
        { jaql: { dim: '[Orders.ID]', sort: 'asc' } },
        { jaql, panel: 'scope' },
      ] as JaqlItem[];
      const rows = await tables.query({ metadata, ungroup: true }, more);
      return rows.map(([id]) => id);
    },
  };
}

/** Tables in a real DuckDB, and queries of them in contexts like the one given. */
export async function openTables(
  sql: string,
  contextOf: (more?: Partial<CompileContext>) => CompileContext,
) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(sql);
  const run = async ({ text, params }: Pick<CompiledQuery, 'text' | 'params'>) => {
    const values = params.map(nativeValue);
    const kinds = params.map((param) =>
      'list' in param ? LIST(types[param.type]) : types[param.type],
    );
    const result = await connection.runAndReadAll(text, values, kinds);
    return result.getRows().map((row) => row.map(plain));
  };
  return {
    run,
    sql: async (text: string) => run({ text, params: [] }),
    query: async (query: JaqlQuery, more: Partial<CompileContext> = {}) =>
      run(compileQuery(query, contextOf(more))),
    members: async (request: MembersRequest, more: Partial<CompileContext> = {}) =>
      (await run(compileMembers(request, contextOf(more)))).map(([member]) => member),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function nativeValue(param: SqlParam): DuckDBValue {
  const one = (value: string | number): DuckDBValue => {
    if (param.type === 'integer') return BigInt(value);
    return param.type === 'timestamp'
      ? new DuckDBTimestampValue(BigInt(Date.parse(`${value}Z`)) * 1000n)
      : value;
  };
  return 'list' in param ? listValue(param.list.map(one)) : one(param.value);
}

function plain(value: DuckDBValue): string | number | boolean | null {
  if (typeof value === 'bigint')
    return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value === null || typeof value !== 'object') return value as string | number | boolean | null;
  return String(value);
}
