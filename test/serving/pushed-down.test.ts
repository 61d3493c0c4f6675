import { type DuckDBConnection, DuckDBInstance, listValue } from '@duckdb/node-api';
import type { AclRule } from '@vitrine/claims';
import { type CompiledQuery, compileMembers, compileQuery, duckDbDialect } from '@vitrine/jaql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../verifies.ts';

let connection: DuckDBConnection;
beforeAll(async () => {
  const instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
  await connection.run(
    `create table sales as select case when range < 1000 then 'acme' else 'globex' end as tenant,
     'r' || range % 7 as region, range % 100 as amount,
     timestamp '2020-01-01' + to_hours(range::int) as day from range(200000)`,
  );
});
afterAll(() => connection.closeSync());

const model = {
  ...{ oid: '670a00000000000000000902', title: 'Sales', relations: [] },
  tables: [
    {
      ...{ name: 'Sales', from: 'sales' },
      columns: [
        { name: 'Tenant', column: 'tenant', type: 'text' },
        { name: 'Region', column: 'region', type: 'text' },
        { name: 'Amount', column: 'amount', type: 'numeric' },
        { name: 'Day', column: 'day', type: 'datetime' },
      ],
    },
  ],
} as const;
const rule: AclRule = {
  ...{ dataSourceTitle: 'Sales', table: 'Sales', column: 'Tenant', datatype: 'text' },
  members: ['acme'],
  exclusionary: false,
};
const region = { dim: '[Sales.Region]' };
const sum = { dim: '[Sales.Amount]', agg: 'sum' } as const;

interface Node {
  readonly name: string;
  readonly children: readonly Node[];
  readonly extra_info: Readonly<Record<string, string | readonly string[]>>;
}

/** What the database itself will do: the filters of each scan of its plan. */
async function scanFiltersOf({ text, params }: CompiledQuery): Promise<string[]> {
  const values = params.map((param) =>
    'list' in param ? listValue([...param.list]) : param.value,
  );
  const explained = await connection.runAndReadAll(`explain (format json) ${text}`, values);
  const [[, json] = []] = explained.getRows();
  const open = JSON.parse(String(json)) as Node[];
  const filters: string[] = [];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.name.trim() === 'SEQ_SCAN')
      filters.push(JSON.stringify(next.extra_info.Filters ?? ''));
    open.push(...next.children);
  }
  return filters;
}

describe('a rule', () => {
  const context = {
    ...{ model, dialect: duckDbDialect, filters: [], now: new Date(0), timeZone: 'UTC' },
    ...{ rules: [rule], maxRows: 100 },
  };
  const queries: readonly (readonly [string, CompiledQuery])[] = [
    ['a total', compileQuery({ metadata: [{ jaql: sum }] }, context)],
    ['groups', compileQuery({ metadata: [{ jaql: region }, { jaql: sum }] }, context)],
    [
      'a ranking',
      compileQuery(
        { metadata: [{ jaql: { ...region, filter: { top: 3, by: sum } } }, { jaql: sum }] },
        context,
      ),
    ],
    ['raw rows', compileQuery({ metadata: [{ jaql: region }], ungroup: true }, context)],
    ['members', compileMembers({ dim: '[Sales.Region]' }, context)],
  ];

  it.each(queries)(
    verifies('D-13 D-4', 'is applied by every scan: %s'),
    async (_what, compiled) => {
      const filters = await scanFiltersOf(compiled);
      expect(filters.length).toBeGreaterThan(0);
      for (const filter of filters) expect(filter).toContain(`tenant='acme'`);
    },
  );
});

describe('periods', () => {
  const month = { dim: '[Sales.Day]', level: 'months' } as const;
  const growth = { formula: 'GROWTHPASTYEAR([sum])', context: { '[sum]': sum } };
  const inYear = {
    dim: '[Sales.Day]',
    level: 'years',
    filter: { members: ['2022-01-01'] },
  } as const;

  it.each([
    ['of the query', [month, sum]],
    ['moved by a formula', [month, growth]],
  ])(verifies('D-13 DATA-3', 'are asked for by their ends: %s'), async (_what, jaqls) => {
    const metadata = [...jaqls.map((jaql) => ({ jaql })), { jaql: inYear, panel: 'scope' }];
    const context = { model, dialect: duckDbDialect, filters: [], now: new Date(0) };
    const compiled = compileQuery(
      { metadata },
      { ...context, timeZone: 'UTC', rules: [], maxRows: 100 },
    );
    const [filters = ''] = await scanFiltersOf(compiled);
    expect(filters).toMatch(/day ?>= ?'202[12]-01-01 00:00:00'/);
    expect(filters).not.toContain('date_trunc');
    // Which groups are in the year is known by their month.
    expect(compiled.text).not.toContain('FILTER');
  });
});
