import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type EngineName,
  engineNames,
  type OpenedEngine,
  openOn,
} from '../../../test/harness/three-engines.ts';
import { verifies } from '../../../test/verifies.ts';
import type { EngineQuery, EngineRows } from './engine.ts';

const secret = 'canary-77ab';
const tables = [
  {
    name: 'cells',
    columns: {
      id: 'integer',
      words: 'text',
      big: 'integer',
      ratio: 'number',
      single: 'single',
      price: 'decimal',
      at: 'timestamp',
      day: 'date',
      yes: 'boolean',
    },
    rows: [
      [
        1,
        'Fir\'s \\ "x" 😀\n',
        '9007199254740993',
        0.1,
        0.1,
        '12.50',
        '2020-02-29 23:59:59.75',
        '1905-06-07',
        true,
      ],
      [2, '', 42, -1e300, 1.5, '-3', '1905-05-05 00:00:00', '2299-12-31', false],
      [3, null, null, null, null, null, null, null, null],
    ],
  },
  { name: 'words', columns: { word: 'text' }, rows: [[secret]] },
] as const;

/** Runs for minutes unless it is ended. */
const endless: Readonly<Record<EngineName, string>> = {
  duckdb: 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range < 0',
  postgres:
    'SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b WHERE a + b < 0',
  clickhouse: 'SELECT count() FROM numbers(100000000000) WHERE sipHash64(number) = 1',
};
const numbers: Readonly<Record<EngineName, (count: number) => string>> = {
  duckdb: (count) => `SELECT range AS n FROM range(${count}) ORDER BY n`,
  postgres: (count) => `SELECT n - 1 FROM generate_series(1, ${count}) AS n ORDER BY n`,
  clickhouse: (count) => `SELECT number AS n FROM numbers(${count}) ORDER BY n`,
};

describe.each(engineNames)('the engine on %s', (name) => {
  let opened: OpenedEngine;
  beforeAll(async () => {
    opened = await openOn(name, tables, { connections: 4 });
  });
  afterAll(() => opened.close());
  const ask = (text: string, more: Partial<EngineQuery> = {}): Promise<EngineRows> =>
    opened.engine.query({ text, params: [], maxRows: 100, timeoutMs: 20_000, ...more });
  const rowsOf = async (
    text: string,
    more: Partial<EngineQuery> = {},
  ): Promise<EngineRows['rows']> => (await ask(text, more)).rows;

  it(verifies('DATA-3', 'gives cells as text, numbers, booleans and null'), async () => {
    expect(await rowsOf('SELECT * FROM cells ORDER BY id')).toEqual([
      [
        1,
        'Fir\'s \\ "x" 😀\n',
        '9007199254740993',
        0.1,
        Math.fround(0.1),
        12.5,
        '2020-02-29T23:59:59',
        '1905-06-07T00:00:00',
        true,
      ],
      [2, '', 42, -1e300, 1.5, -3, '1905-05-05T00:00:00', '2299-12-31T00:00:00', false],
      [3, null, null, null, null, null, null, null, null],
    ]);
  });

  it(verifies('DATA-3', 'has null for NaN and Infinity'), async () => {
    const float = name === 'clickhouse' ? 'Float64' : 'double precision';
    const text = `SELECT CAST('NaN' AS ${float}), CAST('inf' AS ${float}), -CAST('inf' AS ${float})`;
    expect(await rowsOf(text)).toEqual([[null, null, null]]);
  });

  it(verifies('DATA-3 DATA-1', 'binds each value as the value it is'), async () => {
    const { dialect } = opened.engine;
    const values = [
      { type: 'text', value: "x' OR 1=1 -- \\ \t\n\\N {p1:String} $1 😀" },
      { type: 'text', value: '' },
      { type: 'integer', value: '-9223372036854775807' },
      { type: 'number', value: 1.5e-300 },
      { type: 'timestamp', value: '2020-01-02T03:04:05.5' },
    ] as const;
    for (const param of values) {
      const text = `SELECT ${dialect.placeholder(1, param)} AS x`;
      const given = param.type === 'timestamp' ? '2020-01-02T03:04:05' : param.value;
      expect(await rowsOf(text, { params: [param] })).toEqual([[given]]);
    }
    const list = {
      type: 'text',
      list: [...values.slice(0, 2).map(({ value }) => String(value)), '{a,"b"}', 'NULL'],
    } as const;
    const among = dialect.inList(
      dialect.placeholder(1, list.list.map(String).map(() => values[0])[0]!),
      dialect.placeholder(2, list),
    );
    expect(
      await rowsOf(`SELECT CASE WHEN ${among} THEN 1 ELSE 0 END`, { params: [values[0], list] }),
    ).toEqual([[1]]);
    const long = {
      type: 'integer',
      list: Array.from({ length: 5_000 }, (_, i) => String(i * 1e15)),
    } as const;
    const big = { type: 'integer', value: '4999000000000000000' } as const;
    const far = dialect.inList(dialect.placeholder(1, big), dialect.placeholder(2, long));
    expect(
      await rowsOf(`SELECT CASE WHEN ${far} THEN 1 ELSE 0 END`, { params: [big, long] }),
    ).toEqual([[1]]);
  });

  it(
    verifies('DATA-4', 'comes up to the limit of rows, and says that there are more'),
    async () => {
      const cut = await ask(numbers[name](25_000), { maxRows: 20_000 });
      expect(cut.rows).toHaveLength(20_000);
      expect(cut.rows.at(-1)).toEqual([19_999]);
      expect(cut.truncated).toBe(true);
      expect(await ask(numbers[name](3), { maxRows: 3 })).toEqual({
        rows: [[0], [1], [2]],
        truncated: false,
      });
      expect(await ask('SELECT 1 AS x WHERE 1 = 0')).toEqual({ rows: [], truncated: false });
    },
  );

  it(verifies('DATA-4', 'ends a query at its time, and answers after it'), async () => {
    await expect(ask(endless[name], { timeoutMs: 300 })).rejects.toMatchObject({
      code: 'query_timeout',
    });
    expect(await rowsOf('SELECT 8')).toEqual([[8]]);
  });

  it(verifies('DATA-4', 'cancels on its signal, before and while it runs'), async () => {
    const abort = new AbortController();
    const running = ask(endless[name], { signal: abort.signal, timeoutMs: 1_500 });
    setTimeout(() => abort.abort(), 50);
    await expect(running).rejects.toMatchObject({ code: 'query_cancelled' });
    await expect(ask('SELECT 1', { signal: abort.signal })).rejects.toMatchObject({
      code: 'query_cancelled',
    });
    expect(await rowsOf('SELECT 9')).toEqual([[9]]);
  });

  it(verifies('DATA-4', 'answers many at once, each with its own rows'), async () => {
    const { dialect } = opened.engine;
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const param = { type: 'integer', value: String(index) } as const;
        return rowsOf(`SELECT ${dialect.placeholder(1, param)} AS x`, { params: [param] });
      }),
    );
    expect(answers).toEqual(Array.from({ length: 100 }, (_, index) => [[index]]));
  });

  it(verifies('D-7', 'says nothing of data or statement when a query fails'), async () => {
    const kinds: Readonly<Record<EngineName, string>> = {
      duckdb: 'INTEGER',
      postgres: 'integer',
      clickhouse: 'Int32',
    };
    for (const text of [
      `SELECT CAST(word AS ${kinds[name]}) FROM words`,
      `SELECT "${secret}" FROM words`,
      `SELECT * FROM "${secret}"`,
      `SELECT '${secret}' FRM words`,
    ]) {
      const error = await ask(text).catch((caught: Error) => caught);
      expect(error).toMatchObject({ code: 'query_failed' });
      expect((error as Error).cause).toBeUndefined();
      expect(`${(error as Error).stack}`).not.toContain(secret);
    }
  });

  it.each([
    'DROP TABLE cells',
    "INSERT INTO words VALUES ('x')",
    'CREATE TABLE mine AS SELECT 1 AS x',
    'SELECT 1; DROP TABLE cells',
    'SELECT 1; ROLLBACK; DROP TABLE cells',
    'TRUNCATE TABLE words',
  ])(verifies('D-9 D-10', 'does not run %s'), async (text) => {
    await expect(ask(text)).rejects.toMatchObject({ code: 'query_failed' });
    expect(await rowsOf('SELECT count(*) FROM cells')).toEqual([[3]]);
    expect(await rowsOf('SELECT count(*) FROM words')).toEqual([[1]]);
  });

  it(verifies('D-9 D-10', 'runs one statement at a time'), async () => {
    await expect(ask('SELECT 1; SELECT 2')).rejects.toMatchObject({ code: 'query_failed' });
  });

  it(verifies('DATA-4', 'fails what still runs when it is closed'), async () => {
    const another = await openOn(name, []);
    const query = { text: endless[name], params: [], maxRows: 1, timeoutMs: 3_000 };
    const refusal = expect(another.engine.query(query)).rejects.toMatchObject({
      code: 'source_unavailable',
    });
    await another.close();
    await refusal;
  });

  it('answers no more once it is closed', async () => {
    const another = await openOn(name, []);
    await another.close();
    await expect(
      another.engine.query({ text: 'SELECT 1', params: [], maxRows: 1, timeoutMs: 1_000 }),
    ).rejects.toMatchObject({ code: 'source_unavailable' });
  });
});
