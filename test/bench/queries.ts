import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import type { AclRule } from '@vitrine/claims';
import { openDuckDb } from '@vitrine/engines';
import { compileQuery, type JaqlQuery, type Model } from '@vitrine/jaql';
import { inTurn, median, type Row, row } from './row.ts';

const content = fileURLToPath(new URL('../../examples/content/', import.meta.url));
const rounds = 15;

const flights: Model = {
  oid: '670a00000000000000000102',
  title: 'Flights',
  tables: [
    {
      name: 'Flights',
      from: 'flights',
      columns: [
        { name: 'Departure', type: 'datetime' },
        { name: 'Origin', type: 'text' },
        { name: 'Destination', type: 'text' },
        { name: 'Delay', type: 'numeric' },
      ],
    },
  ],
  relations: [],
};
const origin = { jaql: { dim: '[Flights.Origin]', datatype: 'text' } } as const;
const totalDelay = { jaql: { dim: '[Flights.Delay]', datatype: 'numeric', agg: 'sum' } } as const;
const count = { jaql: { dim: '[Flights.Departure]', agg: 'countduplicates' } } as const;
const rule: AclRule = {
  dataSourceTitle: 'Flights',
  table: 'Flights',
  column: 'Origin',
  datatype: 'text',
  members: ['ORD', 'DFW', 'ATL', 'LAX', 'PHX', 'STL'],
  exclusionary: false,
};

interface Shape {
  readonly name: string;
  readonly query: JaqlQuery;
  readonly rules?: readonly AclRule[];
  /** What a person would write for DuckDB. */
  readonly sql: string;
}

const shapes: readonly Shape[] = [
  {
    name: 'sum by origin',
    query: { metadata: [origin, totalDelay] },
    sql: 'select "Origin", sum("Delay") from flights group by 1 order by 1',
  },
  {
    name: 'flights by month',
    query: {
      metadata: [
        { jaql: { dim: '[Flights.Departure]', datatype: 'datetime', level: 'months' } },
        count,
      ],
    },
    sql: `select date_trunc('month', "Departure"), count(*) from flights group by 1 order by 1`,
  },
  {
    name: 'distinct destinations by origin',
    query: {
      metadata: [
        origin,
        { jaql: { dim: '[Flights.Destination]', datatype: 'text', agg: 'count' } },
      ],
    },
    sql: 'select "Origin", count(distinct "Destination") from flights group by 1 order by 1',
  },
  {
    name: 'top 10 origins by delay',
    query: {
      metadata: [
        { jaql: { ...origin.jaql, filter: { top: 10, by: totalDelay.jaql } } },
        { jaql: { ...totalDelay.jaql, sort: 'desc' } },
      ],
    },
    sql: 'select "Origin", sum("Delay") from flights group by 1 order by 2 desc, 1 limit 10',
  },
  {
    name: 'sum by origin under a rule',
    query: { metadata: [origin, totalDelay] },
    rules: [rule],
    sql: `select "Origin", sum("Delay") from flights where "Origin" in ('ORD','DFW','ATL','LAX','PHX','STL') group by 1 order by 1`,
  },
];

/** JAQL on 3,000,000 rows, planned, run and read, beside hand-written SQL straight on DuckDB, in this process. */
export async function queries(): Promise<Row[]> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  const engine = await openDuckDb({
    files: { flights: join(content, 'data/flights.parquet') },
    cacheDir,
    memoryLimit: '2GB',
  });
  const instance = await DuckDBInstance.create(join(cacheDir, 'baseline.duckdb'));
  const connection = await instance.connect();
  await connection.run(`create table flights as from '${join(content, 'data/flights.parquet')}'`);
  try {
    const rows: Row[] = [];
    const planning: number[] = [];
    for (const { name, query, rules = [], sql } of shapes) {
      const ours = () =>
        timed(async () => {
          const started = performance.now();
          const { text, params, limit } = compileQuery(query, {
            model: flights,
            dialect: engine.dialect,
            rules,
            filters: [],
            now: new Date(),
            timeZone: 'UTC',
            maxRows: 20_000,
          });
          planning.push(performance.now() - started);
          await engine.query({ text, params, maxRows: limit, timeoutMs: 60_000 });
        });
      const theirs = () =>
        timed(async () => void (await connection.runAndReadAll(sql)).getRowsJson());
      await ours();
      await theirs();
      const [value, baseline] = await inTurn(rounds, ours, theirs);
      rows.push(
        row(`3,000,000 rows: ${name}`, 'ms', value, baseline, { of: 'ratio', atMost: 1.15 }),
      );
    }
    return [
      ...rows,
      row('planning, median', 'ms', median(planning), undefined, { of: 'value', atMost: 0.5 }),
    ];
  } finally {
    connection.closeSync();
    instance.closeSync();
    await engine.close();
    rmSync(cacheDir, { recursive: true, force: true });
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
