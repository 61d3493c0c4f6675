import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const region = { jaql: { dim: '[Facts.Region]' } };
const amount = { dim: '[Facts.Amount]', agg: 'sum' };
const months = { jaql: { dim: '[Facts.Day]', level: 'months' } };
const growth = { jaql: { formula: 'GROWTHPASTYEAR([amount])', context: { '[amount]': amount } } };
const inPanel = (jaql: object) => ({ panel: 'scope', jaql });

/** A question, and what a person would write for DuckDB. */
export interface Shape {
  readonly name: string;
  readonly metadata: readonly object[];
  readonly sql: string;
}

/** The shape that small answers and rules are measured with. */
export const sumByRegion: Shape = {
  name: 'sum by region',
  metadata: [region, { jaql: amount }],
  sql: 'select region, sum(amount) from facts group by 1 order by 1',
};

/** Months of all that a session sees. */
const sumByMonth: Shape = {
  name: 'sum by month',
  metadata: [months, { jaql: amount }],
  sql: `select date_trunc('month', day), sum(amount) from facts group by 1 order by 1`,
};

/** Months of one tenant among all. */
const monthsOfTenant: Shape = {
  name: 'months of one tenant',
  metadata: [
    ...sumByMonth.metadata,
    inPanel({ dim: '[Facts.Tenant]', datatype: 'text', filter: { members: ['t7'] } }),
  ],
  sql: `select date_trunc('month', day), sum(amount) from facts where tenant = 't7' group by 1 order by 1`,
};

const growthSql = (rows: string, shown = '') => `
  with months as (
    select date_trunc('month', day) as month, sum(amount) as total from facts ${rows} group by 1
  )
  select own.month, own.total, (own.total - past.total) / past.total
  from months own left join months past on past.month = own.month - interval 1 year ${shown} order by 1`;

const others: readonly Shape[] = [
  {
    name: 'distinct customers',
    metadata: [{ jaql: { dim: '[Facts.Customer]', agg: 'count' } }],
    sql: 'select count(distinct customer) from facts',
  },
  {
    name: 'top 10 regions',
    metadata: [
      { jaql: { ...region.jaql, filter: { top: 10, by: amount } } },
      { jaql: { ...amount, sort: 'desc' } },
    ],
    sql: 'select region, sum(amount) from facts group by 1 order by 2 desc, 1 limit 10',
  },
  {
    name: 'ratio by region',
    metadata: [
      region,
      {
        jaql: {
          formula: '[amount] / [rows]',
          context: {
            '[amount]': amount,
            '[rows]': { dim: '[Facts.Region]', agg: 'countduplicates' },
          },
        },
      },
    ],
    sql: 'select region, sum(amount) / count(*) from facts group by 1 order by 1',
  },
  {
    name: 'growth over a year, by month',
    metadata: [months, { jaql: amount }, growth],
    sql: growthSql(''),
  },
  {
    name: 'growth over a year, months of one',
    metadata: [
      ...[months, { jaql: amount }, growth],
      inPanel({ dim: '[Facts.Day]', level: 'years', filter: { members: ['2023-01-01'] } }),
    ],
    sql: growthSql(
      `where day >= '2022-01-01' and day < '2024-01-01'`,
      `where own.month >= '2023-01-01'`,
    ),
  },
];

/** The kinds of question that dashboards ask most, of one who sees all rows. */
export const shapes: readonly Shape[] = [sumByRegion, monthsOfTenant, ...others];
/** The same, of one who sees a tenant's rows alone. */
export const shapesOfTenant: readonly Shape[] = [sumByRegion, sumByMonth, ...others];

/** A data security rule that leaves one of twenty tenants. */
export const ruleOn = (tenant: string) => ({
  ...{ dataSourceTitle: 'Facts', table: 'Facts', column: 'Tenant', datatype: 'text' as const },
  members: [tenant],
  exclusionary: false,
});

export interface Facts {
  readonly rows: number;
  /** Default 20. */
  readonly tenants?: number;
  /** Rows of a tenant lie together. Default false: they lie as far apart as they can. */
  readonly isSorted?: boolean;
}

/**
 * A content folder with a table of made rows (50 regions, 200,000 customers, the hours of four and a half years) and one of ten
 * thousand; the same ones every time.
 */
export async function writeFacts({ rows, tenants = 20, isSorted = false }: Facts): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  const instance = await DuckDBInstance.create(join(folder, 'facts.duckdb'));
  const connection = await instance.connect();
  await connection.run(
    `create table facts as select 't' || range % ${tenants} as tenant, 'region ' || hash(range) % 50 as region,
     hash(range + 1) % 200000 as customer, (hash(range + 2) % 100000) / 100 as amount,
     timestamp '2020-01-01' + to_hours((range % 40000)::int) as day from range(${rows})
     ${isSorted ? 'order by tenant' : ''}`,
  );
  await connection.run('create table small as select region, amount from facts limit 10000');
  connection.closeSync();
  instance.closeSync();
  writeContent(folder);
  return folder;
}

function writeContent(folder: string): void {
  const file = (name: string, object: object) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(object));
  };
  const column = (name: string, type = 'text') => ({ name, column: name.toLowerCase(), type });
  const both = [column('Region'), column('Amount', 'numeric')];
  const columns = [column('Tenant'), column('Customer', 'numeric'), column('Day', 'datetime')];
  file('users/ada', { id: 'ada', name: 'Ada' });
  file('models/facts', {
    ...{ oid: '670a00000000000000000903', title: 'Facts', engine: 'duckdb' },
    database: '../facts.duckdb',
    tables: [
      { name: 'Facts', from: 'facts', columns: [...both, ...columns] },
      { name: 'Small', from: 'small', columns: both },
    ],
  });
  file('dashboards/facts', {
    ...{ oid: '670b00000000000000000903', title: 'Facts', dataSource: 'Facts', widgets: [] },
    sharedWith: { everyone: true },
  });
}
