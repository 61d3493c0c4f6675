import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { expect, it, vi } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { Database } from './database.ts';
import { poolThreads } from './start-child.ts';

it(verifies('D-9', 'has no more connections at rest than may run'), async () => {
  const folder = mkdtempSync(join(tmpdir(), 'connections-'));
  const path = join(folder, 'empty.duckdb');
  (await DuckDBInstance.create(path)).closeSync();
  const database = await Database.open({
    ...{ database: path, tempDirectory: join(folder, 'spill') },
    ...{ memoryLimit: '256MB', threads: 2, maxTempSize: '1GB' },
  });
  const closed = vi.spyOn(DuckDBConnection.prototype, 'closeSync');
  const runs = Array.from({ length: 40 }, (_, id) =>
    database.run({ kind: 'run', id, text: 'SELECT 1', params: [], maxRows: 1 }),
  );
  expect((await Promise.all(runs)).map(({ columns }) => columns)).toEqual(runs.map(() => [[1]]));
  expect(closed).toHaveBeenCalledTimes(40 - poolThreads);
  rmSync(folder, { recursive: true });
});
