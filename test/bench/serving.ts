import { rmSync } from 'node:fs';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { type RunningService, startService } from '../harness/start-service.ts';
import { ruleOn, type Shape, shapes, sumByRegion, writeFacts } from './facts.ts';
import { answersPerSecond } from './load.ts';
import { openReaders, ReaderConnection } from './reader.ts';
import { inTurn, median, type Row, row } from './row.ts';
import { startDuckDb } from './start-duckdb.ts';

const facts = 10_000_000;
const openings = 5;
const rounds = 3;
const block = 3;
const smallRuns = 100;
const warmUps = 1000;
const connections = 8;
const answers = 5000;

const small: Shape = {
  name: 'small data',
  metadata: [{ jaql: { dim: '[Small.Region]' } }, { jaql: { dim: '[Small.Amount]', agg: 'sum' } }],
  sql: 'select region, sum(amount) from small group by 1 order by 1',
};
const underRule: Shape = {
  ...sumByRegion,
  name: `${sumByRegion.name}, under a rule`,
  sql: `select region, sum(amount) from facts where tenant = 't7' group by 1 order by 1`,
};

/** Milliseconds of a question over HTTP and of its SQL straight on the database. */
type Pair = readonly [ours: number, theirs: number];

/**
 * Queries over HTTP beside hand-written SQL on the same file, both opened afresh several times in new processes, and answers
 * that are kept.
 */
export async function serving(): Promise<Row[]> {
  const contentDir = await writeFacts({ rows: facts });
  try {
    const pairs = new Map<string, Pair[]>();
    for (let opening = 0; opening < openings; opening += 1) await overHttp(contentDir, pairs);
    const medians = ({ name }: { readonly name: string }) => {
      const all = pairs.get(name) ?? [];
      return [median(all.map(([ours]) => ours)), median(all.map(([, theirs]) => theirs))] as const;
    };
    const [ours, theirs] = medians(small);
    return [
      ...[...shapes, underRule].map((shape) =>
        row(`10,000,000 rows over HTTP: ${shape.name}`, 'ms', ...medians(shape), {
          ...{ of: 'ratio', atMost: 1.1 },
        }),
      ),
      row(
        'small data over HTTP: what it takes more than the database',
        'ms',
        ours - theirs,
        undefined,
        {
          ...{ of: 'value', atMost: 3 },
        },
      ),
      ...(await kept(contentDir)),
    ];
  } finally {
    rmSync(contentDir, { recursive: true });
  }
}

async function overHttp(contentDir: string, pairs: Map<string, Pair[]>): Promise<void> {
  const service = await startService({ compiled: true, contentDir, env: { RESULT_CACHE_MB: '0' } });
  const bare = await startDuckDb(join(contentDir, 'facts.duckdb'));
  try {
    await measureAll(service, bare, pairs);
  } finally {
    await Promise.all([bare.stop(), service.stop()]);
  }
}

async function measureAll(
  service: RunningService,
  bare: Awaited<ReturnType<typeof startDuckDb>>,
  pairs: Map<string, Pair[]>,
): Promise<void> {
  const readers = await openReaders(service, [[], [ruleOn('t7')]]);
  const [everything, oneTenant] = readers.map((reader) => new ReaderConnection(reader));
  if (everything === undefined || oneTenant === undefined)
    throw new Error('Two readers are needed');
  const measure = async (
    { name, metadata, sql }: Shape,
    reader: ReaderConnection,
    runs: number,
  ) => {
    const ours = () => timed(() => ask(reader, metadata));
    const theirs = () => bare.run(sql);
    await inTurn(1, ours, theirs, runs);
    const pair = await inTurn(rounds, ours, theirs, runs);
    pairs.set(name, [...(pairs.get(name) ?? []), pair]);
  };
  // The compilers have seen the way of a query before anything counts.
  for (let nth = 0; nth < warmUps; nth += 1) await ask(everything, small.metadata);
  for (const shape of shapes) await measure(shape, everything, block);
  await measure(underRule, oneTenant, block);
  await measure(small, everything, smallRuns);
  everything.close();
  oneTenant.close();
}

async function kept(contentDir: string): Promise<Row[]> {
  const service = await startService({ compiled: true, contentDir });
  try {
    return await measureKept(service);
  } finally {
    await service.stop();
  }
}

async function measureKept(service: RunningService): Promise<Row[]> {
  const [reader] = await openReaders(service, [[]]);
  if (reader === undefined) throw new Error('A reader is needed');
  const { url, headers } = reader;
  const body = JSON.stringify({ metadata: sumByRegion.metadata });
  const request = { method: 'POST', headers, body } as const;
  const fire = () => autocannon({ url, connections, amount: answers, requests: [request] });
  await fire();
  const results = [await fire(), await fire(), await fire()];
  if (results.some(({ non2xx, errors }) => non2xx + errors > 0)) throw new Error('Not answered.');
  const perSecond = await answersPerSecond({ url, connections, bodies: [body], headers });
  const slow = median(results.map(({ latency }) => latency.p97_5));
  return [
    row('kept answers over HTTP', '1/s', perSecond, undefined, { of: 'value', atLeast: 500 }),
    row('kept answers: 97.5 % come within', 'ms', slow, undefined, { of: 'value', atMost: 25 }),
  ];
}

async function ask(reader: ReaderConnection, metadata: readonly object[]): Promise<void> {
  const status = await reader.ask(JSON.stringify({ metadata }));
  if (status !== 200) throw new Error(`Answered with ${status}`);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
