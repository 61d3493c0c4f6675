/** The service over the same rows in three databases: totals, and readers who leave. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, startService } from '../harness/start-service.ts';
import {
  clickHouse,
  type OpenedEngine,
  openers,
  openOn,
  postgres,
  statementsOf,
} from '../harness/three-engines.ts';
import { verifies } from '../verifies.ts';
import { metricOf, openSession, type Send } from './sessions.ts';

const dashboard = '670b00000000000000000941';
const patience = { timeout: 20_000, interval: 100 };
const titles = ['Duck', 'Post', 'Click'] as const;
const tenants = ['a', 'b'];
const regions = ['North', 'South', 'West', null];
const products = ['Chair', 'Lamp'];
const rows = Array.from({ length: 96 }, (_, n) => [
  tenants[n % 2] ?? '',
  regions[(n >> 1) % 4] ?? null,
  products[(n >> 3) % 2] ?? '',
  n % 7 === 0 ? null : n,
]);
const columns = { tenant: 'text', region: 'text', product: 'text', amount: 'integer' } as const;
const table = { name: 'facts', columns, rows };
/** Takes minutes wherever it is read whole. */
const slow = {
  Duck: 'SELECT 1 AS n',
  Post: 'SELECT a AS n FROM generate_series(1, 100000) AS a, generate_series(1, 1000000) AS b',
  Click: 'SELECT number AS n FROM numbers(1000000000000) WHERE sipHash64(number) > 1',
};

let folder: string;
let service: RunningService;
let send: Send;
let free: Send;
const sources: OpenedEngine[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-live-'));
  for (const kind of ['users', 'models', 'dashboards', 'data']) mkdirSync(join(folder, kind));
  const file = (name: string, object: object) =>
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(object));
  const cells = rows.map((row) => row.map((cell) => cell ?? '').join(','));
  writeFileSync(
    join(folder, 'data/facts.csv'),
    [Object.keys(columns).join(','), ...cells, ''].join('\n'),
  );
  const post = await openOn('postgres', [table]);
  const click = await openers.clickhouse(statementsOf('clickhouse', table), {
    sharded: { facts: 'product' },
  });
  sources.push(post, click);
  const places = {
    Duck: { engine: 'duckdb', files: { facts: '../data/facts.csv' } },
    Post: { engine: 'postgres', connection: { env: 'POST_URL' } },
    Click: { engine: 'clickhouse', connection: { env: 'CLICK_URL' } },
  };
  for (const [index, title] of titles.entries()) {
    file(`models/${title}`, {
      ...{ oid: `670a0000000000000000094${index}`, title, ...places[title] },
      tables: [
        {
          ...{ name: 'Facts', from: 'facts' },
          columns: [
            ...['Tenant', 'Region', 'Product'].map((name) => ({
              ...{ name, column: name.toLowerCase(), type: 'text' },
            })),
            { name: 'Amount', column: 'amount', type: 'numeric' },
          ],
        },
        {
          ...{ name: 'Slow', sql: slow[title] },
          columns: [{ name: 'N', column: 'n', type: 'numeric' }],
        },
      ].filter(({ name }) => title !== 'Duck' || name === 'Facts'),
    });
  }
  file('users/ada', { id: 'ada', name: 'Ada' });
  const widget = (dataSource: string, oid: string) => ({
    ...{ oid, type: 'indicator', title: dataSource, dataSource, layout: { columns: 6, rows: 2 } },
    metadata: [
      { panel: 'value', jaql: { dim: '[Facts.Amount]', datatype: 'numeric', agg: 'sum' } },
    ],
  });
  file('dashboards/all', {
    ...{ oid: dashboard, title: 'All', dataSource: 'Duck', sharedWith: { everyone: true } },
    widgets: titles.map((title, index) => widget(title, `670e0000000000000000094${index}`)),
  });
  service = await startService({
    contentDir: folder,
    compiled: true,
    env: { POST_URL: post.address, CLICK_URL: click.address },
  });
  const acl = titles.map((dataSourceTitle) => ({
    ...{ dataSourceTitle, table: 'Facts', column: 'Tenant', members: ['a'] },
  }));
  const key = await service.createConfiguration();
  send = await openSession(service, key, { sub: 'ada', grants: { acl } });
  // A rule on a table that the slow one is not related to would close it.
  free = await openSession(service, key, { sub: 'ada', grants: { acl: [] } });
});
afterAll(async () => {
  await service.stop();
  for (const { close } of sources) await close();
  rmSync(folder, { recursive: true });
});

const amount = { dim: '[Facts.Amount]', agg: 'sum' };
const mean = { dim: '[Facts.Amount]', agg: 'avg' };
const [region, product] = [{ dim: '[Facts.Region]' }, { dim: '[Facts.Product]' }];

describe('totals over HTTP', () => {
  interface Answer {
    readonly values: { data: unknown }[][];
    readonly totals: { by: number; values: { data: unknown }[][] }[];
  }
  const plain = (cells: { data: unknown }[][]) => cells.map((row) => row.map(({ data }) => data));
  const ask = async (title: string, more: object = {}) => {
    const metadata = [region, product, amount, mean].map((jaql) => ({ jaql }));
    const body = { metadata, grandTotals: true, ...more };
    const answer = (await (await send(`/api/datasources/${title}/jaql`, body)).json()) as Answer;
    return {
      values: plain(answer.values),
      totals: answer.totals.map(({ by, values }) => [by, plain(values)]),
    };
  };
  const own = rows
    .filter(([tenant]) => tenant === 'a')
    .map(([, , , value]) => value as number | null);
  const given = own.filter((value) => value !== null);
  const whole = given.reduce((sum, value) => sum + value, 0);

  it.each(titles)(
    verifies('DATA-1 DATA-2 DATA-3', 'are of the allowed rows alone, of all and by region: %s'),
    async (title) => {
      const { values, totals } = await ask(title);
      expect(values).toHaveLength(8);
      const [all, byRegion] = totals as [[number, unknown[][]], [number, unknown[][]]];
      expect(all[0]).toBe(0);
      expect(all[1][0]?.slice(2)).toEqual([whole, expect.closeTo(whole / given.length, 6)]);
      expect(byRegion[0]).toBe(1);
      expect(byRegion[1].map(([name]) => name)).toEqual(['North', 'South', 'West', null]);
      const sums = byRegion[1].map((row) => Number(row[2]));
      expect(sums.reduce((sum, value) => sum + value, 0)).toBe(whole);
    },
  );

  it(
    verifies('DATA-1 DATA-3', 'are the same from every engine, filtered, and of no rows'),
    async () => {
      const scope = (filter: object) => ({
        metadata: [
          ...[region, product, amount, mean].map((jaql) => ({ jaql })),
          { panel: 'scope', jaql: { ...product, datatype: 'text', filter } },
        ],
      });
      for (const more of [
        {},
        { count: 2 },
        { grandTotals: { subtotals: false } },
        scope({ members: ['Lamp'] }),
        scope({ members: ['Nothing'] }),
      ]) {
        const [duck, post, click] = await Promise.all(titles.map((title) => ask(title, more)));
        expect(post).toEqual(duck);
        expect(click).toEqual(duck);
      }
    },
  );
});

describe('a reader who leaves', () => {
  const runsOn = {
    Post: async () => {
      const { password } = await postgres();
      const address = new URL(sources[0]?.address ?? '');
      const owner = new Client({
        connectionString: Object.assign(address, { username: 'vitrine', password }).href,
      });
      await owner.connect();
      const { rows: active } = await owner.query(
        "SELECT FROM pg_stat_activity WHERE usename = 'reader' AND state = 'active'",
      );
      await owner.end();
      return active.length;
    },
    Click: async () => (await (await clickHouse()).running()).length,
  };
  const joined = (title: string) =>
    metricOf(service, `vitrine_query_answers_total{source="${title}",from="joined"}`);

  it.each(['Post', 'Click'] as const)(
    verifies('DATA-4', 'ends the query on the server with the last who waits for it: %s'),
    async (title) => {
      const body = { metadata: [{ jaql: { dim: '[Slow.N]', agg: 'max' } }] };
      const leaving = [new AbortController(), new AbortController()];
      const asked = leaving.map(({ signal }) =>
        free(`/api/datasources/${title}/jaql`, body, signal).then(
          ({ status }) => status,
          () => 'left',
        ),
      );
      await expect.poll(runsOn[title], patience).toBe(1);
      leaving[0]?.abort();
      expect(await asked[0]).toBe('left');
      expect(await metricOf(service, 'vitrine_queries_running')).toBe(1);
      expect(await runsOn[title]()).toBe(1);
      leaving[1]?.abort();
      expect(await asked[1]).toBe('left');
      await expect.poll(runsOn[title], patience).toBe(0);
      await expect.poll(() => metricOf(service, 'vitrine_queries_running'), patience).toBe(0);
      expect(service.output()).not.toContain('query_not_ended');
    },
  );

  it(verifies('DATA-4', 'and others who ask the same are answered by one run'), async () => {
    const before = await joined('Click');
    const body = {
      metadata: [{ jaql: amount }, { panel: 'scope', jaql: { ...amount, filter: { from: -1 } } }],
    };
    const answers = await Promise.all(
      Array.from({ length: 12 }, async () =>
        (await send('/api/datasources/Click/jaql', body)).json(),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await joined('Click')).toBeGreaterThan(before);
  });
});
