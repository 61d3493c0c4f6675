import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Key } from '../harness/api.ts';
import { findPostgres, startPostgres } from '../harness/start-postgres.ts';
import { type RunningService, startService } from '../harness/start-service.ts';
import { verifies } from '../verifies.ts';
import { mintWats, OpenLoad } from './open-load.ts';
import { expectExact, readPostgresOpens, readSqliteOpens } from './stored-opens.ts';
import { tinyContent } from './tiny-content.ts';

const contentDir = tinyContent();
afterAll(() => rmSync(contentDir, { recursive: true }));

/** Kills the service again and again while sessions open, each time at another point of the load. */
async function killUnderLoad({ times, env = {} }: { times: number; env?: Record<string, string> }) {
  const stateDir = mkdtempSync(join(tmpdir(), 'vitrine-killed-'));
  onTestFinished(() => rmSync(stateDir, { recursive: true }));
  const total = { acknowledged: [] as string[], unanswered: 0, startsMs: [] as number[], stateDir };
  let key: Key | undefined;
  let wats: string[] = [];
  for (let life = 0; life < times; life += 1) {
    const startedAt = performance.now();
    const service = await startService({ contentDir, stateDir, env, compiled: true });
    onTestFinished(service.stop);
    total.startsMs.push(performance.now() - startedAt - waitedForProcessorMs(service));
    if (key === undefined) {
      key = await service.createConfiguration();
      wats = await mintWats(key);
    }
    const load = new OpenLoad(service.url, wats);
    await load.until(() => load.acknowledged.length >= 10 + 3 * life);
    await service.kill();
    await load.ended();
    expect(load.refused).toEqual([]);
    total.acknowledged.push(...load.acknowledged);
    total.unanswered += load.unanswered;
  }
  return total;
}

/** How long the main thread could have run while the machine ran something else (proc(5), schedstat). */
function waitedForProcessorMs({ pid }: RunningService): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
}

/** Every start that found what a killed process left. */
function expectQuick(startsMs: readonly number[]) {
  expect(Math.max(...startsMs.slice(1))).toBeLessThan(3000);
}

describe('a service that is killed under load', () => {
  it(verifies(
    'E-6 SES-1',
    'loses no acknowledged open of 20 lives on SQLite, doubles none, is back in 3 s',
  ), { timeout: 180_000 }, async () => {
    const total = await killUnderLoad({ times: 20 });
    expectExact(readSqliteOpens(total.stateDir), total);
    expectQuick(total.startsMs);
  });

  it.skipIf(findPostgres() === undefined)(
    verifies('E-6 SES-7', 'loses no acknowledged open of five lives on PostgreSQL, doubles none'),
    { timeout: 180_000 },
    async () => {
      const postgres = await startPostgres();
      onTestFinished(postgres.remove);
      const DATABASE_URL = await postgres.createDatabase();
      const total = await killUnderLoad({ times: 5, env: { DATABASE_URL } });
      expectExact(await readPostgresOpens(DATABASE_URL), total);
      expectQuick(total.startsMs);
    },
  );
});
