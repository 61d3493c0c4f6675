import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { mintToken } from '@vitrine/tokens';
import autocannon from 'autocannon';
import { type RunningService, startService } from '../harness/start-service.ts';
import { inTurn, median, type Row, row } from './row.ts';

const rounds = 5;
const block = 3;
const smallRuns = 200;
const connections = 8;
const answers = 5000;

const region = { jaql: { dim: '[Facts.Region]' } };
const total = { jaql: { dim: '[Facts.Amount]', agg: 'sum' } };
const south = {
  panel: 'scope',
  jaql: { dim: '[Facts.Tenant]', datatype: 'text', filter: { members: ['t7'] } },
};

/** Shapes over ten million rows, and what a person would write for them. */
const shapes = [
  {
    name: 'sum by region',
    metadata: [region, total],
    sql: 'select region, sum(amount) from facts group by 1 order by 1',
  },
  {
    name: 'months of one tenant',
    metadata: [{ jaql: { dim: '[Facts.Day]', level: 'months' } }, total, south],
    sql: `select date_trunc('month', day), sum(amount) from facts where tenant = 't7' group by 1 order by 1`,
  },
  {
    name: 'distinct customers',
    metadata: [{ jaql: { dim: '[Facts.Customer]', agg: 'count' } }],
    sql: 'select count(distinct customer) from facts',
  },
  {
    name: 'top 10 regions',
    metadata: [
      { jaql: { ...region.jaql, filter: { top: 10, by: total.jaql } } },
      { jaql: { ...total.jaql, sort: 'desc' } },
    ],
    sql: 'select region, sum(amount) from facts group by 1 order by 2 desc, 1 limit 10',
  },
] as const;
const smallSql = 'select region, sum(amount) from small group by 1 order by 1';
const small = {
  metadata: [{ jaql: { dim: '[Small.Region]' } }, { jaql: { dim: '[Small.Amount]', agg: 'sum' } }],
};

/** Queries over HTTP beside hand-written SQL on the same file in this process, and answers that are kept. */
export async function serving(): Promise<Row[]> {
  const contentDir = await content();
  const services: RunningService[] = [];
  try {
    const start = async (env: Record<string, string>) => {
      const service = await startService({ compiled: true, contentDir, env });
      services.push(service);
      return { service, headers: await openSession(service) };
    };
    const uncached = await start({ RESULT_CACHE_MB: '0' });
    const instance = await DuckDBInstance.create(join(contentDir, 'facts.duckdb'), {
      access_mode: 'READ_ONLY',
    });
    const connection = await instance.connect();
    const rows = await overHttp(uncached, connection);
    connection.closeSync();
    instance.closeSync();
    return [...rows, ...(await kept(await start({})))];
  } finally {
    for (const service of services) await service.stop();
    rmSync(contentDir, { recursive: true });
  }
}

interface Reader {
  readonly service: RunningService;
  readonly headers: Record<string, string>;
}

async function overHttp(reader: Reader, connection: DuckDBConnection): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, metadata, sql } of shapes) {
    const ours = () => timed(() => ask(reader, { metadata }));
    const theirs = () => timed(() => read(connection, sql));
    await inTurn(1, ours, theirs, block);
    const [value, baseline] = await inTurn(rounds, ours, theirs, block);
    const bound = { of: 'ratio', atMost: 1.1 } as const;
    rows.push(row(`10,000,000 rows over HTTP: ${name}`, 'ms', value, baseline, bound));
  }
  const ours = () => timed(() => ask(reader, small));
  const theirs = () => timed(() => read(connection, smallSql));
  await inTurn(1, ours, theirs, smallRuns);
  const [value, baseline] = await inTurn(rounds, ours, theirs, smallRuns);
  const name = 'small data over HTTP: what it takes more than the database';
  return [...rows, row(name, 'ms', value - baseline, undefined, { of: 'value', atMost: 3 })];
}

async function kept(reader: Reader): Promise<Row[]> {
  await ask(reader, shapes[0]);
  const fire = () =>
    autocannon({
      url: `${reader.service.url}${path}`,
      ...{ connections, amount: answers },
      requests: [
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...reader.headers },
          body: JSON.stringify({ metadata: shapes[0].metadata }),
        },
      ],
    });
  await fire();
  const results = [await fire(), await fire(), await fire()];
  if (results.some(({ non2xx, errors }) => non2xx + errors > 0)) throw new Error('Not answered.');
  const perSecond = median(results.map((result) => result.requests.total / seconds(result)));
  const slow = median(results.map(({ latency }) => latency.p97_5));
  return [
    row('kept answers over HTTP', '1/s', perSecond, undefined, { of: 'value', atLeast: 500 }),
    row('kept answers: 97.5 % come within', 'ms', slow, undefined, { of: 'value', atMost: 25 }),
  ];
}

const seconds = ({ start, finish }: autocannon.Result) => (+finish - +start) / 1000;

const path = '/api/datasources/Facts/jaql';

async function ask({ service, headers }: Reader, body: object): Promise<void> {
  const { metadata } = body as { metadata: unknown };
  const answer = await fetch(`${service.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ metadata }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
}

async function read(connection: DuckDBConnection, sql: string): Promise<void> {
  (await connection.runAndReadAll(sql)).getRowsJson();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function openSession(service: RunningService): Promise<Record<string, string>> {
  const key = await service.createConfiguration();
  const webAccessToken = await mintToken({ sub: 'ada', grants: { acl: [] } }, key);
  const answer = await fetch(`${service.url}/api/v1/wat/sessionToken`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ webAccessToken }),
  });
  const { webSessionToken, initialiser } = (await answer.json()) as Record<string, string>;
  return { authorization: webSessionToken ?? '', initialiser: initialiser ?? '' };
}

/** A content folder with ten million rows, and ten thousand. */
async function content(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  const instance = await DuckDBInstance.create(join(folder, 'facts.duckdb'));
  const connection = await instance.connect();
  await connection.run(
    `create table facts as select 't' || range % 20 as tenant, 'region ' || hash(range) % 50 as region,
     hash(range + 1) % 200000 as customer, (hash(range + 2) % 100000) / 100 as amount,
     timestamp '2020-01-01' + to_hours((range % 40000)::int) as day from range(10000000)`,
  );
  await connection.run('create table small as select region, amount from facts limit 10000');
  connection.closeSync();
  instance.closeSync();
  const file = (name: string, object: object) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(object));
  };
  const column = (name: string, type = 'text') => ({ name, column: name.toLowerCase(), type });
  const amount = column('Amount', 'numeric');
  const columns = [column('Tenant'), column('Customer', 'numeric'), column('Day', 'datetime')];
  file('users/ada', { id: 'ada', name: 'Ada' });
  file('models/facts', {
    ...{ oid: '670a00000000000000000903', title: 'Facts', engine: 'duckdb' },
    database: '../facts.duckdb',
    tables: [
      { name: 'Facts', from: 'facts', columns: [column('Region'), amount, ...columns] },
      { name: 'Small', from: 'small', columns: [column('Region'), amount] },
    ],
  });
  file('dashboards/facts', {
    ...{ oid: '670b00000000000000000903', title: 'Facts', dataSource: 'Facts', widgets: [] },
    sharedWith: { everyone: true },
  });
  return folder;
}
