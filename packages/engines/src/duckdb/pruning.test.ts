import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance, listValue } from '@duckdb/node-api';
import { type CompileContext, compileQuery, duckDbDialect, type Model } from '@vitrine/jaql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { openHardened } from './hardening.ts';

/** Rows of a block, the least that is read. */
const block = 122_880;
const model: Model = {
  ...{ oid: '670a00000000000000000902', title: 'Sales' },
  relations: [{ from: '[Sales.Tenant]', to: '[Tenants.Name]' }],
  tables: [
    {
      ...{ name: 'Tenants', from: 'tenants' },
      columns: [
        { name: 'Name', column: 'name', type: 'text' },
        { name: 'Region', column: 'region', type: 'numeric' },
      ],
    },
    {
      ...{ name: 'Sales', from: 'sales' },
      columns: [
        { name: 'Tenant', column: 'tenant', type: 'text' },
        { name: 'Amount', column: 'amount', type: 'numeric' },
      ],
    },
  ],
};

let folder: string;
let connection: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pruning-'));
  await mkdir(join(folder, 'spill'));
  const database = join(folder, 'data.duckdb');
  const instance = await DuckDBInstance.create(database);
  const writer = await instance.connect();
  await writer.run(
    `CREATE TABLE sales AS SELECT 't' || lpad((range // 1000)::VARCHAR, 5, '0') AS tenant,
     range % 100 AS amount FROM range(${12 * block})`,
  );
  await writer.run(
    `CREATE TABLE tenants AS SELECT 't' || lpad(range::VARCHAR, 5, '0') AS name,
     CASE WHEN range < 40 OR range > 1433 THEN 1 ELSE 2 END AS region FROM range(1475)`,
  );
  writer.closeSync();
  instance.closeSync();
  const hardened = await openHardened({
    ...{ database, tempDirectory: join(folder, 'spill'), memoryLimit: '500MB' },
    ...{ maxTempSize: '1GB', threads: 2 },
  });
  connection = await hardened.connect();
});
afterAll(async () => {
  connection.closeSync();
  await rm(folder, { recursive: true });
});

// Some at the start of the table, some at its end: nothing between them is a member.
const tenants = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const number = index % 2 === 0 ? index / 2 : 1_473 - (index - 1) / 2;
    return `t${String(number).padStart(5, '0')}`;
  });

/** The most rows that one operator of a query under a rule reads. */
async function scannedUnder(
  rule: Omit<CompileContext['rules'][number], 'dataSourceTitle'>,
): Promise<number> {
  const { text, params } = compileQuery(
    { metadata: [{ jaql: { dim: '[Sales.Amount]', agg: 'sum' } }] },
    {
      ...{ model, dialect: duckDbDialect, filters: [], now: new Date(0), timeZone: 'UTC' },
      ...{ rules: [{ ...rule, dataSourceTitle: 'Sales' }], maxRows: 100 },
    },
  );
  const values = params.map((param) =>
    'list' in param ? listValue([...param.list]) : param.value,
  );
  const explained = `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`;
  const [[, plan] = []] = (await connection.runAndReadAll(explained, values)).getRows();
  const read = [...String(plan).matchAll(/"operator_rows_scanned": ?(\d+)/g)];
  return Math.max(...read.map(([, number]) => Number(number)));
}

describe('what DuckDB reads', () => {
  it.each([1, 2, 5, 11, 12, 50, 51, 100, 240])(
    verifies('D-13 DATA-3', 'for a list of members is the blocks that may have one: %i'),
    async (count) => {
      const rule = { table: 'Sales', column: 'Tenant', members: tenants(count) };
      expect(await scannedUnder(rule)).toBe(Math.min(count, 2) * block);
    },
  );

  it(verifies('D-13 DATA-3', 'for a rule on a dimension is the blocks of its keys'), async () => {
    const rule = { table: 'Tenants', column: 'Region', members: [1] };
    expect(await scannedUnder(rule)).toBe(2 * block);
  });
});
