import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openDuckDb } from '@vitrine/engines';
import { compileQuery, type Model } from '@vitrine/jaql';
import { inTurn, type Row, row } from './row.ts';

const rounds = 200;
const warmings = 20;
const metadata = [
  { jaql: { dim: '[Facts.Region]' } },
  { jaql: { dim: '[Facts.Amount]', agg: 'sum' } },
] as const;
const column = (name: string, type: 'text' | 'numeric') => ({
  ...{ name, type },
  column: name.toLowerCase(),
});
const model = (from: string): Model => ({
  ...{ oid: '670a00000000000000000904', title: 'Facts', relations: [] },
  tables: [
    {
      ...{ name: 'Facts', from },
      columns: [column('Tenant', 'text'), column('Region', 'text'), column('Amount', 'numeric')],
    },
  ],
});

/** What the time of a query under a rule tells about rows that the rule hides (D-13): 1,000 rows alone, and beside 1,000,000. */
export async function hiddenRows(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  const [alone, hidden] = [join(folder, 'alone.parquet'), join(folder, 'hidden.parquet')];
  await writeFacts(alone, hidden);
  const files = { alone, hidden_apart: hidden, hidden_between: hidden };
  const sortedBy = { hidden_apart: ['tenant'] };
  const engine = await openDuckDb({ files, sortedBy, cacheDir: folder });
  const timed = (from: string) => async () => {
    const { text, params, limit } = compileQuery(
      { metadata },
      {
        ...{ model: model(from), dialect: engine.dialect, filters: [], maxRows: 20_000 },
        ...{ now: new Date(0), timeZone: 'UTC' },
        rules: [
          {
            ...{ dataSourceTitle: 'Facts', table: 'Facts', column: 'Tenant', datatype: 'text' },
            members: ['acme'],
            exclusionary: false,
          },
        ],
      },
    );
    const started = performance.now();
    await engine.query({ text, params, maxRows: limit, timeoutMs: 30_000 });
    return performance.now() - started;
  };
  try {
    await inTurn(warmings, timed('hidden_apart'), timed('alone'));
    const apart = await inTurn(rounds, timed('hidden_apart'), timed('alone'));
    const between = await inTurn(rounds, timed('hidden_between'), timed('alone'));
    const bound = { of: 'ratio', atMost: 1.1 } as const;
    return [
      row('beside 1,000,000 hidden rows, sorted by the ruled column', 'ms', ...apart, bound),
      row('beside 1,000,000 hidden rows, unsorted', 'ms', ...between),
    ];
  } finally {
    await engine.close();
    rmSync(folder, { recursive: true });
  }
}

async function writeFacts(alone: string, hidden: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = (count: number) =>
    `select case when range < 1000 then 'acme' else 'globex' || range % 50 end as tenant,
     'region ' || hash(range) % 50 as region, (hash(range + 2) % 100000) / 100 as amount from range(${count})`;
  await connection.run(`copy (${rows(1000)}) to '${alone}'`);
  await connection.run(`copy (${rows(1_001_000)} order by hash(range)) to '${hidden}'`);
  connection.closeSync();
  instance.closeSync();
}
