import { rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import autocannon from 'autocannon';
import { type RunningService, startService } from '../harness/start-service.ts';
import { ruleOn, shapes, sumByRegion, writeFacts } from './facts.ts';
import { openReaders, type Reader, send } from './reader.ts';
import { inTurn, median, type Row, row } from './row.ts';

const facts = 10_000_000;
const rounds = 7;
const block = 3;
const smallRuns = 100;
const warmUps = 1000;
const connections = 8;
const answers = 5000;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

const smallSql = 'select region, sum(amount) from small group by 1 order by 1';
const small = [
  { jaql: { dim: '[Small.Region]' } },
  { jaql: { dim: '[Small.Amount]', agg: 'sum' } },
];

/** Queries over HTTP beside hand-written SQL on the same file in this process, and answers that are kept. */
export async function serving(): Promise<Row[]> {
  const contentDir = await writeFacts({ rows: facts });
  const services: RunningService[] = [];
  const start = async (env: Record<string, string>) => {
    const service = await startService({ compiled: true, contentDir, env });
    services.push(service);
    return openReaders(service, [[], [ruleOn('t7')]]);
  };
  try {
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

async function overHttp(readers: readonly Reader[], connection: DuckDBConnection): Promise<Row[]> {
  const [everything, oneTenant] = readers;
  if (everything === undefined || oneTenant === undefined)
    throw new Error('Two readers are needed');
  const underRule = {
    ...sumByRegion,
    name: `${sumByRegion.name}, under a rule`,
    sql: `select region, sum(amount) from facts where tenant = 't7' group by 1 order by 1`,
  };
  const questions = [
    ...shapes.map((shape) => ({ ...shape, reader: everything })),
    { ...underRule, reader: oneTenant },
  ];
  // The compilers have seen the way of a query before anything counts.
  for (let nth = 0; nth < warmUps; nth += 1) await ask(everything, small);
  const rows: Row[] = [];
  for (const { name, metadata, sql, reader } of questions) {
    const ours = () => timed(() => ask(reader, metadata));
    const theirs = () => timed(() => read(connection, sql));
    await inTurn(1, ours, theirs, block);
    const [value, baseline] = await inTurn(rounds, ours, theirs, block);
    const bound = { of: 'ratio', atMost: 1.1 } as const;
    rows.push(row(`10,000,000 rows over HTTP: ${name}`, 'ms', value, baseline, bound));
  }
  const ours = () => timed(() => ask(everything, small));
  const theirs = () => timed(() => read(connection, smallSql));
  await inTurn(2, ours, theirs, smallRuns);
  const [value, baseline] = await inTurn(rounds, ours, theirs, smallRuns);
  const name = 'small data over HTTP: what it takes more than the database';
  return [...rows, row(name, 'ms', value - baseline, undefined, { of: 'value', atMost: 3 })];
}

async function kept([reader]: readonly Reader[]): Promise<Row[]> {
  if (reader === undefined) throw new Error('A reader is needed');
  const { metadata } = sumByRegion;
  const { url, headers } = reader;
  await ask(reader, metadata);
  const request = { method: 'POST', headers, body: JSON.stringify({ metadata }) } as const;
  const fire = () => autocannon({ url, connections, amount: answers, requests: [request] });
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

async function ask(reader: Reader, metadata: readonly object[]): Promise<void> {
  const status = await send(reader, JSON.stringify({ metadata }), agent);
  if (status !== 200) throw new Error(`Answered with ${status}`);
}

async function read(connection: DuckDBConnection, sql: string): Promise<void> {
  (await connection.runAndReadAll(sql)).getRowsJson();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
