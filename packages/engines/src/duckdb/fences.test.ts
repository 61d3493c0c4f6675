import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type Engine, openDuckDb } from '../index.ts';
import { openHardened } from './hardening.ts';

/** Each fence by itself, since behind another one the lack of it would not show. */
const memoryMiB = 200;
let folder: string;
let database: string;
let engine: Engine;
let child: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fences-'));
  database = join(folder, 'data.duckdb');
  const instance = await DuckDBInstance.create(database);
  const connection = await instance.connect();
  await connection.run("CREATE TABLE canary AS SELECT 'alive' AS state");
  connection.closeSync();
  instance.closeSync();
  process.env.FENCE_SECRET = 'canary-91c2';
  const before = await children();
  engine = await openDuckDb({
    ...{ database, cacheDir: folder },
    ...{ memoryLimit: `${memoryMiB}MiB`, maxTempSize: '50MB', threads: 2 },
  });
  child = (await children()).find((pid) => !before.includes(pid)) ?? 0;
});
afterAll(async () => {
  delete process.env.FENCE_SECRET;
  await engine.close();
  await rm(folder, { recursive: true });
});
const ask = (text: string) => engine.query({ text, params: [], maxRows: 10, timeoutMs: 60_000 });

describe('the process of a database', () => {
  it(verifies('D-9', 'has an environment without secrets'), async () => {
    const environment = (await readFile(`/proc/${child}/environ`, 'utf8'))
      .split('\0')
      .filter(Boolean);
    const names = environment.map((one) => one.replace(/=.*/, '')).toSorted();
    expect(names).toEqual([
      'NODE_CHANNEL_FD',
      'NODE_CHANNEL_SERIALIZATION_MODE',
      'UV_THREADPOOL_SIZE',
    ]);
  });

  it(verifies('D-9', 'stays within its memory when a query wants more'), async () => {
    const wide =
      "SELECT count(*) FROM (SELECT md5(range::VARCHAR) || repeat('x', 200) AS k, count(*) FROM range(5000000) GROUP BY k)";
    await expect(ask(wide)).rejects.toMatchObject({ code: 'query_failed' });
    const status = await readFile(`/proc/${child}/status`, 'utf8');
    const peakMiB = Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    expect(peakMiB).toBeGreaterThan(memoryMiB / 2);
    // Node itself, code and stacks come on top.
    expect(peakMiB).toBeLessThan(memoryMiB + 250);
    expect((await ask('SELECT state FROM canary')).rows).toEqual([['alive']]);
  });

  it(verifies('D-9', 'spills into a folder of its own, and leaves nothing in it'), async () => {
    const [mine] = await readdir(join(folder, 'spill'));
    const spilled = mine === undefined ? [] : await readdir(join(folder, 'spill', mine));
    expect(spilled).toEqual([]);
  });
});

describe('a hardened database by itself', () => {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;
  beforeAll(async () => {
    const options = { database, tempDirectory: join(folder, 'alone'), memoryLimit: '100MiB' };
    instance = await openHardened({ ...options, maxTempSize: '1MiB', threads: 2 });
    connection = await instance.connect();
  });
  afterAll(() => {
    connection.closeSync();
    instance.closeSync();
  });

  it(verifies('D-9', 'has every fence up'), async () => {
    const shown = await connection.runAndReadAll(
      `SELECT name, value FROM duckdb_settings() WHERE name IN (
         'access_mode', 'enable_external_access', 'lock_configuration', 'autoinstall_known_extensions',
         'autoload_known_extensions', 'allow_community_extensions', 'allow_unsigned_extensions',
         'memory_limit', 'max_temp_directory_size', 'temp_directory', 'threads') ORDER BY name`,
    );
    expect(shown.getRowsJson()).toEqual([
      ['access_mode', 'read_only'],
      ['allow_community_extensions', 'false'],
      ['allow_unsigned_extensions', 'false'],
      ['autoinstall_known_extensions', 'false'],
      ['autoload_known_extensions', 'false'],
      ['enable_external_access', 'false'],
      ['lock_configuration', 'true'],
      ['max_temp_directory_size', '1.0 MiB'],
      ['memory_limit', '100.0 MiB'],
      ['temp_directory', join(folder, 'alone')],
      ['threads', '2'],
    ]);
  });

  it(verifies('D-9', 'cannot be written to, whatever else is open'), async () => {
    for (const text of [
      'DROP TABLE canary',
      "UPDATE canary SET state = 'dead'",
      'CREATE TABLE x AS SELECT 1',
    ]) {
      await expect(connection.run(text)).rejects.toThrow(/read-only/);
    }
  });
});

/** Child processes of this one. */
async function children(): Promise<number[]> {
  const text = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8');
  return text.trim().split(' ').filter(Boolean).map(Number);
}
