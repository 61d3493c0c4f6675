import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type Engine, openDuckDb } from '../index.ts';
import { openHardened } from './hardening.ts';

const secret = 'canary-5f3a';
let folder: string;
let engine: Engine;
let bare: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hardening-'));
  await mkdir(join(folder, 'spill'));
  await writeFile(join(folder, 'secret.csv'), `name\n${secret}\n`);
  const database = join(folder, 'data.duckdb');
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  await connection.run("CREATE TABLE canary AS SELECT 'alive' AS state");
  await connection.run(`CREATE TABLE words AS SELECT '${secret}' AS word`);
  connection.closeSync();
  instance.closeSync();
  engine = await openDuckDb({ database, cacheDir: folder, memoryLimit: '100MB', threads: 2 });
  const hardened = await openHardened({
    database,
    tempDirectory: join(folder, 'spill'),
    memoryLimit: '100MB',
    maxTempSize: '1GB',
    threads: 2,
  });
  bare = await hardened.connect();
});
afterAll(async () => {
  await engine.close();
  bare.closeSync();
  await rm(folder, { recursive: true });
});

/** Each stands for a way out of the database, or into it. */
const statements: [string, (path: (name: string) => string) => string][] = [
  ['read a text file', (path) => `SELECT * FROM read_text('${path('secret.csv')}')`],
  ['read a blob', (path) => `SELECT * FROM read_blob('${path('secret.csv')}')`],
  ['read CSV', (path) => `SELECT * FROM read_csv('${path('secret.csv')}')`],
  ['read a file by name', (path) => `SELECT * FROM '${path('secret.csv')}'`],
  ['sniff CSV', (path) => `SELECT * FROM sniff_csv('${path('secret.csv')}')`],
  ['read JSON', (path) => `SELECT * FROM read_json('${path('secret.csv')}')`],
  ['read Parquet', (path) => `SELECT * FROM parquet_metadata('${path('secret.csv')}')`],
  ['list files', (path) => `SELECT * FROM glob('${path('*')}')`],
  ['read the environment', () => "SELECT * FROM read_text('/proc/self/environ')"],
  ['read the password file', () => "SELECT * FROM read_csv('/etc/passwd', sep=':')"],
  ['fetch from the network', () => "SELECT * FROM read_csv('http://127.0.0.1:1/x.csv')"],
  ['write a file', (path) => `COPY canary TO '${path('out.csv')}'`],
  ['write Parquet', (path) => `COPY (SELECT 1) TO '${path('out.parquet')}' (FORMAT parquet)`],
  ['export', (path) => `EXPORT DATABASE '${path('out')}'`],
  ['copy in', (path) => `COPY canary FROM '${path('secret.csv')}'`],
  ['attach a file', (path) => `ATTACH '${path('other.duckdb')}' AS other`],
  ['attach memory', () => "ATTACH ':memory:' AS other; CREATE TABLE other.x AS SELECT 1"],
  ['install', () => 'INSTALL httpfs'],
  ['load', (path) => `LOAD '${path('evil.duckdb_extension')}'`],
  ['set a setting', () => 'SET enable_external_access = true'],
  ['unlock', () => 'SET lock_configuration = false'],
  ['take more memory', () => "SET GLOBAL memory_limit = '100GB'"],
  ['pragma', () => "PRAGMA memory_limit = '100GB'"],
  ['reset', () => 'RESET threads'],
  ['drop', () => 'DROP TABLE canary'],
  ['change rows', () => "UPDATE canary SET state = 'dead'"],
  ['create', () => 'CREATE TABLE mine AS SELECT 1'],
  ['two statements', () => 'SELECT 1; DROP TABLE canary'],
];

describe('a hardened database', () => {
  it.each(statements)(verifies('D-9', 'does not %s'), async (_name, statement) => {
    const text = statement((name) => join(folder, name));
    await expect(
      engine.query({ text, params: [], maxRows: 10, timeoutMs: 10_000 }),
    ).rejects.toMatchObject({ code: 'query_failed' });
    await expect(bare.runAndReadAll(text)).rejects.toThrow();
    await expectUntouched();
  });

  it.each([
    ['make temporary tables', 'CREATE TEMP TABLE t AS SELECT 1'],
    ['explain', 'EXPLAIN SELECT 1'],
    ['set a variable', 'SET VARIABLE x = 1'],
    ['call', 'CALL pragma_version()'],
    ['check out', 'CHECKPOINT'],
    ['prepare', 'PREPARE p AS SELECT 1'],
    ['begin', 'BEGIN'],
  ])(verifies('D-9', 'runs nothing but queries: not %s'), async (_name, text) => {
    await expect(
      engine.query({ text, params: [], maxRows: 10, timeoutMs: 10_000 }),
    ).rejects.toMatchObject({ code: 'query_failed' });
  });

  it(verifies('D-7', 'says nothing of data or statement when a query fails'), async () => {
    for (const text of [
      'SELECT CAST(word AS INTEGER) FROM words',
      `SELECT error('${secret}')`,
      `SELECT "${secret}" FROM words`,
      `SELECT * FROM "${secret}"`,
      `SELECT '${secret}' FRM words`,
    ]) {
      const error = await engine
        .query({ text, params: [], maxRows: 10, timeoutMs: 10_000 })
        .catch((caught: Error) => caught);
      expect(error).toMatchObject({ code: 'query_failed' });
      expect((error as Error).cause).toBeUndefined();
      expect(String((error as Error).stack)).not.toContain(secret);
      expect((error as Error).message).toBe('The database refused the query.');
    }
  });

  it(verifies('D-9', 'spills to disk over its memory limit, up to its limit of disk'), async () => {
    const rows = 2_500_000;
    const sorted = `SELECT md5(range::VARCHAR) AS x FROM range(${rows}) ORDER BY x OFFSET 1`;
    const query = {
      text: `SELECT max(x), count(*) FROM (${sorted})`,
      params: [],
      maxRows: 1,
      timeoutMs: 60_000,
    };
    expect((await engine.query(query)).rows[0]?.[1]).toBe(rows - 1);
    const database = join(folder, 'data.duckdb');
    const limits = { memoryLimit: '100MB', maxTempSize: '1MB', threads: 2 };
    const small = await openDuckDb({ database, cacheDir: folder, ...limits });
    await expect(small.query(query)).rejects.toMatchObject({ code: 'query_failed' });
    await small.close();
  });
});

async function expectUntouched(): Promise<void> {
  const state = await engine.query({
    text: 'SELECT state FROM canary',
    params: [],
    maxRows: 10,
    timeoutMs: 10_000,
  });
  expect(state.rows).toEqual([['alive']]);
  expect(await readFile(join(folder, 'secret.csv'), 'utf8')).toContain(secret);
  await expect(stat(join(folder, 'out.csv'))).rejects.toThrow();
}
