import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Api,
  createConfiguration,
  dashboardData,
  openSession,
  type WidgetLine,
} from '../harness/api.ts';
import { verifies } from '../verifies.ts';
import { operator, tenant, wildlifeStrikes } from './demo.ts';

const strikes = fileURLToPath(
  new URL('../../examples/content/data/strikes.parquet', import.meta.url),
);
const tenants = ['DELTA AIR LINES', 'SOUTHWEST AIRLINES'] as const;
const strikesWidget = '670c00000000000000020101';
const airportsWidget = '670c0000000000000002010a';

/** Widgets that count strikes by something, without a ranking. */
const additiveWidgets = [
  strikesWidget,
  '670c00000000000000020105',
  '670c00000000000000020106',
  '670c00000000000000020107',
];

/** Strikes by group: the last column counts, those before it name the group. */
const countsOf = ({ values }: WidgetLine): Map<string, number> =>
  new Map(
    values.map((row) => [
      JSON.stringify(row.slice(0, -1).map(({ data }) => data)),
      Number(row.at(-1)?.data),
    ]),
  );

/** The same question, asked of the file itself: nothing of the product takes part. */
async function ask(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = (await connection.runAndReadAll(sql)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return rows as unknown[][];
}

describe('two tenants on one dashboard', () => {
  let apis: Api[];

  beforeAll(async () => {
    const key = await createConfiguration();
    apis = await Promise.all(tenants.map((name) => openSession(key, tenant(name))));
  });

  it(verifies('DATA-2 TOK-9 D-1', 'see their own rows in every widget'), async () => {
    for (const [index, name] of tenants.entries()) {
      const data = await dashboardData(apis[index]!, wildlifeStrikes);
      expect([...data.values()].filter((line) => line.error)).toEqual([]);
      expect(data.size).toBeGreaterThanOrEqual(8);

      const where = `from '${strikes}' where "Aircraft Airline Operator" = '${name}'`;
      const [[total] = []] = await ask(`select count(*) ${where}`);
      const byQuarter = data.get(strikesWidget)!.values;
      expect(byQuarter.reduce((sum, row) => sum + Number(row[1]?.data), 0)).toBe(Number(total));

      const own = (await ask(`select distinct "Airport Name" ${where}`)).map(
        ([airport]) => airport,
      );
      const shown = data.get(airportsWidget)!.values.map((row) => row[0]?.data);
      expect(shown.filter((airport) => !own.includes(airport))).toEqual([]);
      expect(shown.length).toBe(25);
    }
  });

  it(
    verifies('DATA-2 TOK-10 D-1', 'share no row: with everybody else they add up to the whole'),
    async () => {
      const key = await createConfiguration();
      const everybodyElse = tenant('', {
        grants: { acl: [{ ...operator(...tenants), exclusionary: true }] },
      });
      const parts = [...apis, await openSession(key, everybodyElse)];
      const whole = await openSession(key, tenant('', { grants: { acl: [] } }));
      const data = await Promise.all(
        [...parts, whole].map((api) => dashboardData(api, wildlifeStrikes)),
      );
      for (const widget of additiveWidgets) {
        const [all = new Map(), ...rest] = data
          .map((lines) => countsOf(lines.get(widget)!))
          .reverse();
        const sum = new Map<string, number>();
        for (const counts of rest) {
          for (const [group, count] of counts) sum.set(group, (sum.get(group) ?? 0) + count);
        }
        expect(sum, widget).toEqual(all);
      }
    },
  );

  it(verifies('DATA-2 D-4', 'are offered only their own members by a filter'), async () => {
    for (const [index, name] of tenants.entries()) {
      const response = await apis[index]!.call('/api/datasources/Wildlife%20Strikes/members', {
        method: 'POST',
        body: { dim: '[Strikes.Aircraft Airline Operator]' },
      });
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(text).toContain(name);
      for (const other of tenants) if (other !== name) expect(text).not.toContain(other);
      expect(text).not.toContain('MILITARY');
    }
  });

  it(
    verifies('DATA-2 D-1', 'get only their own rows by a direct query, whatever it asks for'),
    async () => {
      const queries = [
        { metadata: [{ jaql: { dim: '[Strikes.Aircraft Airline Operator]', datatype: 'text' } }] },
        {
          metadata: [
            { jaql: { dim: '[Strikes.Aircraft Airline Operator]', datatype: 'text' } },
            {
              panel: 'scope',
              jaql: {
                dim: '[Strikes.Aircraft Airline Operator]',
                datatype: 'text',
                filter: { members: [...tenants, 'MILITARY'] },
              },
            },
          ],
        },
        {
          metadata: [
            { jaql: { dim: '[Strikes.Aircraft Airline Operator]', datatype: 'text' } },
            { jaql: { dim: '[Strikes.Cost Total $]', datatype: 'numeric', agg: 'sum' } },
          ],
        },
      ];
      for (const [index, name] of tenants.entries()) {
        for (const query of queries) {
          const response = await apis[index]!.call('/api/datasources/Wildlife%20Strikes/jaql', {
            method: 'POST',
            body: { datasource: 'Wildlife Strikes', ...query },
          });
          expect(response.status).toBe(200);
          const { values } = (await response.json()) as { values: { data: string }[][] };
          expect(values.map((row) => row[0]?.data)).toEqual([name]);
        }
      }
    },
  );

  it(verifies('DATA-2 D-14', 'reach no other data source'), async () => {
    for (const title of ['Flights', 'Sample%20ECommerce', 'Nothing']) {
      const response = await apis[0]!.call(`/api/datasources/${title}/jaql`, {
        method: 'POST',
        body: { metadata: [{ jaql: { dim: '[Flights.Origin]', datatype: 'text' } }] },
      });
      expect(response.status).toBe(404);
    }
  });
});
