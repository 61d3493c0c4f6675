import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlParam } from '@vitrine/jaql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type Engine, type EngineQuery, openDuckDb } from '../index.ts';

let folder: string;
let engine: Engine;
const cacheDir = () => join(folder, 'cache');
const files = () => ({ people: join(folder, 'people.csv'), events: join(folder, 'events.json') });
const open = () =>
  openDuckDb({ files: files(), cacheDir: cacheDir(), memoryLimit: '200MB', threads: 2 });
const ask = (text: string, more: Partial<EngineQuery> = {}) =>
  engine.query({ text, params: [], maxRows: 100, timeoutMs: 20_000, ...more });
const value = async (expression: string, ...params: SqlParam[]) =>
  (await ask(`SELECT ${expression}`, { params })).rows[0]?.[0];

/** Three tables of it joined run for minutes. */
const endless =
  'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range < 0';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-'));
  await writeFile(files().people, 'id,name,born\n9007199254740993,Ann,2001-02-03\n2,Bob,\n');
  await writeFile(files().events, '[{"at": "2020-05-06T07:08:09", "score": 1.5}]');
  engine = await open();
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

describe('openDuckDb', () => {
  it(verifies('DATA-3', 'reads CSV, JSON and Parquet files'), async () => {
    const people = await ask('SELECT id, name, born FROM people ORDER BY name');
    expect(people.rows).toEqual([
      ['9007199254740993', 'Ann', '2001-02-03T00:00:00'],
      [2, 'Bob', null],
    ]);
    expect((await ask('SELECT "at", score FROM events')).rows).toEqual([
      ['2020-05-06T07:08:09', 1.5],
    ]);
  });

  it(
    verifies('DATA-3', 'imports once for the same content, and again when a file changes'),
    async () => {
      const databases = async () =>
        (await readdir(cacheDir())).filter((name) => name.endsWith('.duckdb'));
      const [first] = await databases();
      const madeAt = (await stat(join(cacheDir(), first ?? ''))).mtimeMs;
      await (await open()).close();
      expect((await stat(join(cacheDir(), first ?? ''))).mtimeMs).toBe(madeAt);
      await utimes(files().people, 1_000_000, 1_000_000);
      const again = await open();
      const [second, ...others] = await databases();
      expect(others).toEqual([]);
      expect(second).not.toBe(first);
      await again.close();
      expect((await ask('SELECT count(*) FROM people')).rows).toEqual([[2]]);
    },
  );

  it(
    verifies('D-13 DATA-3', 'puts rows in the order that is asked for, and again in another'),
    async () => {
      const path = join(folder, 'mixed.csv');
      const lines = Array.from({ length: 5_000 }, (_, id) => `${id},t${(id * 7) % 13},${id % 3}`);
      await writeFile(path, `id,"ten ant",size\n${lines.join('\n')}\n`);
      const rowsBy = async (columns?: readonly string[]) => {
        const sortedBy = columns === undefined ? {} : { sortedBy: { mixed: columns } };
        const sorted = await openDuckDb({
          files: { mixed: path },
          ...sortedBy,
          cacheDir: join(folder, 'ordered'),
        });
        const text = 'SELECT "ten ant", size FROM mixed';
        const { rows } = await sorted.query({ text, params: [], maxRows: 9_000, timeoutMs: 9_000 });
        await sorted.close();
        return rows as [string, number][];
      };
      const compare = <Cell>(one: Cell, other: Cell) => (one === other ? 0 : one < other ? -1 : 1);
      const plain = await rowsBy();
      expect((await rowsBy(['ten ant'])).map(([tenant]) => tenant)).toEqual(
        plain.map(([tenant]) => tenant).toSorted(compare),
      );
      expect(await rowsBy(['size', 'ten ant'])).toEqual(
        plain.toSorted((a, b) => compare(a[1], b[1]) || compare(a[0], b[0])),
      );
      expect(await rowsBy()).toEqual(plain);
      await expect(rowsBy(['nowhere'])).rejects.toMatchObject({ code: 'source_unavailable' });
    },
  );

  it(verifies('DATA-3', 'opens a database file, by several engines at once'), async () => {
    const [name = ''] = (await readdir(cacheDir())).filter((file) => file.endsWith('.duckdb'));
    const database = join(cacheDir(), name);
    const both = await Promise.all(
      [1, 2].map(() => openDuckDb({ database, cacheDir: cacheDir() })),
    );
    for (const one of both) {
      const query = {
        text: 'SELECT count(*) FROM people',
        params: [],
        maxRows: 1,
        timeoutMs: 5_000,
      };
      expect((await one.query(query)).rows).toEqual([[2]]);
      await one.close();
    }
  });

  it('refuses files that are not there, not readable or of an unknown kind, and leaves nothing behind', async () => {
    const before = await readdir(cacheDir());
    await writeFile(join(folder, 'bad.parquet'), 'no parquet');
    await writeFile(join(folder, 'notes.txt'), 'x');
    for (const file of ['nowhere.csv', 'bad.parquet', 'notes.txt']) {
      await expect(
        openDuckDb({ files: { x: join(folder, file) }, cacheDir: cacheDir() }),
      ).rejects.toMatchObject({ code: 'source_unavailable' });
    }
    await expect(
      openDuckDb({ database: join(folder, 'none.duckdb'), cacheDir: cacheDir() }),
    ).rejects.toMatchObject({ code: 'source_unavailable' });
    expect(await readdir(cacheDir())).toEqual(before);
    await expect(openDuckDb({ cacheDir: cacheDir() })).rejects.toThrow(TypeError);
  });
});

describe('the process of a database', () => {
  it(verifies('D-9', 'has nothing of this one in its environment'), async () => {
    for (const pid of await children()) {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
      const names = environment.split('\0').map((entry) => entry.replace(/=.*/, ''));
      const own = names.filter((name) => name !== '' && !name.startsWith('NODE_CHANNEL_'));
      expect(own).toEqual(['UV_THREADPOOL_SIZE']);
    }
    expect(await children()).not.toEqual([]);
  });
});

describe('cells', () => {
  it.each([
    ["'text'", 'text'],
    ['true', true],
    ['1.25::DECIMAL(10, 2)', 1.25],
    ['42::HUGEINT', 42],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['9007199254740992', '9007199254740992'],
    ['170141183460469231731687303715884105727::HUGEINT', '170141183460469231731687303715884105727'],
    ['NULL', null],
    ["'NaN'::DOUBLE", null],
    ["'-Infinity'::DOUBLE", null],
    ['1 / 0', null],
    ["DATE '2020-02-29'", '2020-02-29T00:00:00'],
    ["TIMESTAMP '1969-12-31 23:59:58.5'", '1969-12-31T23:59:58'],
    ["TIMESTAMP_S '2020-01-02 03:04:05'", '2020-01-02T03:04:05'],
    ["TIMESTAMP_MS '2020-01-02 03:04:05'", '2020-01-02T03:04:05'],
    ["TIMESTAMP_NS '2020-01-02 03:04:05'", '2020-01-02T03:04:05'],
    ["'infinity'::TIMESTAMP", null],
    ["'a'::ENUM('a', 'b')", 'a'],
    ["INTERVAL '1 day'", '1 day'],
  ])('%s is plain', async (expression, expected) => {
    expect(await value(expression)).toEqual(expected);
  });

  it(verifies('B-3', 'binds parameters as values of their own type'), async () => {
    expect(await value('typeof($1)', { type: 'text', value: '1' })).toBe('VARCHAR');
    expect(await value('typeof($1)', { type: 'number', value: 1 })).toBe('DOUBLE');
    expect(await value('typeof($1)', { type: 'integer', value: '1' })).toBe('BIGINT');
    expect(await value('$1', { type: 'integer', value: '9007199254740993' })).toBe(
      '9007199254740993',
    );
    expect(await value('typeof($1)', { type: 'integer', list: ['1'] })).toBe('BIGINT[]');
    const moment = { type: 'timestamp', value: '2020-01-02T03:04:05.000007' } as const;
    expect(await value("$1 = TIMESTAMP '2020-01-02 03:04:05.000007'", moment)).toBe(true);
    const member = { type: 'integer', value: '9007199254740993' } as const;
    expect((await ask('SELECT name FROM people WHERE id = $1', { params: [member] })).rows).toEqual(
      [['Ann']],
    );
  });

  it(
    verifies('DATA-1', 'are those of the parameters of this time, however often a text is asked'),
    async () => {
      const texts = Array.from(
        { length: 70 },
        (_, nth) => `SELECT name, ${nth} FROM people WHERE id = $1`,
      );
      const answers = async (id: string) => {
        const params: SqlParam[] = [{ type: 'integer', value: id }];
        return Promise.all(texts.map(async (text) => (await ask(text, { params })).rows[0]?.[0]));
      };
      for (const [id, name] of [
        ['2', 'Bob'],
        ['9007199254740993', 'Ann'],
        ['2', 'Bob'],
      ] as const) {
        expect(new Set(await answers(id))).toEqual(new Set([name]));
      }
      await expect(ask('SELECT name FROM people WHERE 1 = error($1)')).rejects.toMatchObject({
        code: 'query_failed',
      });
    },
  );

  it(verifies('DATA-2', 'are not those of a parameter that somebody else has given'), async () => {
    const text = 'SELECT name FROM people WHERE id = $1';
    const params: SqlParam[] = [{ type: 'integer', value: '2' }];
    expect((await ask(text, { params })).rows).toEqual([['Bob']]);
    await expect(ask(text)).rejects.toMatchObject({ code: 'query_failed' });
  });

  it(verifies('DATA-4', 'come up to the limit of rows, and say that there are more'), async () => {
    const numbers = 'SELECT range, range::VARCHAR FROM range(25000)';
    const cut = await ask(numbers, { maxRows: 20_000 });
    expect(cut.rows).toHaveLength(20_000);
    expect(cut.rows.at(-1)).toEqual([19_999, '19999']);
    expect(cut.truncated).toBe(true);
    expect((await ask(numbers, { maxRows: 25_000 })).truncated).toBe(false);
    expect(await ask('SELECT 1 WHERE false')).toEqual({ rows: [], truncated: false });
  });
});

describe('ending queries', () => {
  it(
    verifies(
      'DATA-4 D-9',
      'stops a cross join at its time, and answers others meanwhile and after',
    ),
    async () => {
      const long = ask(endless, { timeoutMs: 400 });
      const short = await ask('SELECT 7');
      expect(short.rows).toEqual([[7]]);
      await expect(long).rejects.toMatchObject({ code: 'query_timeout' });
      expect((await ask('SELECT 8')).rows).toEqual([[8]]);
    },
  );

  it(verifies('DATA-4', 'cancels on its signal, before and while it runs'), async () => {
    const abort = new AbortController();
    const running = ask(endless, { signal: abort.signal });
    await ask('SELECT 1');
    abort.abort();
    await expect(running).rejects.toMatchObject({ code: 'query_cancelled' });
    await expect(ask('SELECT 1', { signal: abort.signal })).rejects.toMatchObject({
      code: 'query_cancelled',
    });
  });

  it(verifies('DATA-4', 'lets queries wait for their turn, and time out there'), async () => {
    const abort = new AbortController();
    const running = Array.from({ length: 8 }, () => ask(endless, { signal: abort.signal }));
    const waiting = ask('SELECT 1', { timeoutMs: 100 });
    const patient = ask('SELECT 2');
    await expect(waiting).rejects.toMatchObject({ code: 'query_timeout' });
    abort.abort();
    const ended = await Promise.allSettled(running);
    expect(ended.every((one) => one.status === 'rejected')).toBe(true);
    expect((await patient).rows).toEqual([[2]]);
  });

  it('fails running queries when the process dies, and starts another for the next', async () => {
    const own = await open();
    const pids = await children();
    const running = own.query({ text: endless, params: [], maxRows: 1, timeoutMs: 20_000 });
    const mine = pids.at(-1);
    if (mine === undefined) throw new Error('no process');
    process.kill(mine, 'SIGKILL');
    await expect(running).rejects.toMatchObject({ code: 'source_unavailable' });
    const next = await own.query({ text: 'SELECT 5', params: [], maxRows: 1, timeoutMs: 20_000 });
    expect(next.rows).toEqual([[5]]);
    await own.close();
    await expect(
      own.query({ text: 'SELECT 5', params: [], maxRows: 1, timeoutMs: 1_000 }),
    ).rejects.toMatchObject({ code: 'source_unavailable' });
  });
});

/** Child processes of this one, oldest first. */
async function children(): Promise<number[]> {
  const text = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8');
  return text.trim().split(' ').map(Number);
}
