import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AclRule } from '@vitrine/claims';
import { openDuckDb } from '@vitrine/engines';
import { compileQuery, duckDbDialect, type JaqlQuery, type Model } from '@vitrine/jaql';
import { inTurn, median, type Row, row } from './row.ts';
import { startDuckDb } from './start-duckdb.ts';

const content = fileURLToPath(new URL('../../examples/content/', import.meta.url));
const openings = 7;
const rounds = 3;
const block = 5;
const newFormulas = 500;

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
    name: 'average delay as a formula',
    query: {
      metadata: [
        origin,
        {
          jaql: {
            formula: '[delay] / [flights]',
            context: { '[delay]': totalDelay.jaql, '[flights]': count.jaql },
          },
        },
      ],
    },
    sql: 'select "Origin", sum("Delay") / count(*) from flights group by 1 order by 1',
  },
  {
    name: 'growth over a month',
    query: {
      metadata: [
        { jaql: { dim: '[Flights.Departure]', datatype: 'datetime', level: 'months' } },
        { jaql: { formula: 'GROWTHPASTMONTH([flights])', context: { '[flights]': count.jaql } } },
      ],
    },
    sql: `with months as (select date_trunc('month', "Departure") as month, count(*) as n from flights group by 1)
      select own.month, (own.n - past.n) / past.n from months own left join months past on past.month = own.month - interval 1 month order by 1`,
  },
  {
    name: 'sum by origin under a rule',
    query: { metadata: [origin, totalDelay] },
    rules: [rule],
    sql: `select "Origin", sum("Delay") from flights where "Origin" in ('ORD','DFW','ATL','LAX','PHX','STL') group by 1 order by 1`,
  },
];

/**
 * JAQL on 3,000,000 rows, planned, run and read, beside hand-written SQL straight on DuckDB, on the same database file. Both are
 * opened afresh several times, in new processes: where a process comes to lie in memory makes a difference too.
 */
export async function queries(): Promise<Row[]> {
  const cacheDir = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  const ours = new Map<string, number[]>();
  const theirs = new Map<string, number[]>();
  const planning: number[] = [];
  try {
    for (let opening = 0; opening < openings; opening += 1) {
      const subjects = await open(cacheDir);
      for (const { name, query, rules = [], sql } of shapes) {
        const [value, baseline] = await subjects.compare(query, rules, sql, planning);
        ours.set(name, [...(ours.get(name) ?? []), value]);
        theirs.set(name, [...(theirs.get(name) ?? []), baseline]);
      }
      await subjects.close();
    }
  } finally {
    rmSync(cacheDir, { recursive: true, force: true });
  }
  return [
    ...shapes.map(({ name }) =>
      row(
        `3,000,000 rows: ${name}`,
        'ms',
        median(ours.get(name) ?? []),
        median(theirs.get(name) ?? []),
        { of: 'ratio', atMost: 1.15 },
      ),
    ),
    row('planning, median', 'ms', median(planning), undefined, { of: 'value', atMost: 0.5 }),
    row('planning a formula not seen before, median', 'ms', median(planNewFormulas())),
  ];
}

/** Milliseconds of each; a text that is known is not parsed again. */
function planNewFormulas(): number[] {
  const context = {
    ...{ model: flights, dialect: duckDbDialect, rules: [rule], filters: [] },
    ...{ now: new Date(), timeZone: 'UTC', maxRows: 20_000 },
  };
  return Array.from({ length: newFormulas }, (_, nth) => {
    const formula = `IF([flights] > ${nth}, [delay] / [flights], NULL)`;
    const used = { '[delay]': totalDelay.jaql, '[flights]': count.jaql };
    const started = performance.now();
    compileQuery({ metadata: [origin, { jaql: { formula, context: used } }] }, context);
    return performance.now() - started;
  });
}

async function open(cacheDir: string) {
  const engine = await openDuckDb({
    files: { flights: join(content, 'data/flights.parquet') },
    cacheDir,
    memoryLimit: '2GB',
  });
  const database = readdirSync(cacheDir).find((name) => name.endsWith('.duckdb')) ?? '';
  const bare = await startDuckDb(join(cacheDir, database));
  return {
    async compare(
      query: JaqlQuery,
      rules: readonly AclRule[],
      sql: string,
      planning: number[],
    ): Promise<[number, number]> {
      const context = {
        model: flights,
        dialect: engine.dialect,
        rules,
        filters: [],
        now: new Date(),
        timeZone: 'UTC',
        maxRows: 20_000,
      };
      const ours = () =>
        timed(async () => {
          const started = performance.now();
          const { text, params, limit } = compileQuery(query, context);
          planning.push(performance.now() - started);
          await engine.query({ text, params, maxRows: limit, timeoutMs: 60_000 });
        });
      const theirs = () => bare.run(sql);
      await inTurn(1, ours, theirs, block);
      return inTurn(rounds, ours, theirs, block);
    },
    async close() {
      await Promise.all([bare.stop(), engine.close()]);
    },
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
