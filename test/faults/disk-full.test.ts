import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { startService } from '../harness/start-service.ts';
import { verifies } from '../verifies.ts';
import { mintWats, OpenLoad } from './open-load.ts';
import { expectExact, readSqliteOpens } from './stored-opens.ts';
import { tinyContent } from './tiny-content.ts';

const contentDir = tinyContent();
const disk = mkdtempSync(join(tmpdir(), 'vitrine-disk-'));
const isMounted =
  process.getuid?.() === 0 &&
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=0700', 'vitrine', disk]).status === 0;
afterAll(() => {
  if (isMounted) spawnSync('umount', [disk]);
  rmSync(disk, { recursive: true });
  rmSync(contentDir, { recursive: true });
});

/** Takes what room there is, beside a service that takes some too. */
function fill(path: string): void {
  const { bavail, bsize } = statfsSync(disk);
  try {
    writeFileSync(path, Buffer.alloc(bavail * bsize));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

const unavailable = { status: 503, code: 'store_unavailable', retryAfter: '1' };

describe('a full disk', () => {
  it.skipIf(!isMounted)(
    verifies('E-6 SES-1', 'refuses opens, serves what is open, and recovers when there is room'),
    async () => {
      const service = await startService({ contentDir, stateDir: disk });
      onTestFinished(service.stop);
      const wats = await mintWats(await service.createConfiguration());
      const exchange = await fetch(`${service.url}/api/v1/wat/sessionToken`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ webAccessToken: wats[0] }),
      });
      const { webSessionToken, initialiser } = await exchange.json();
      const load = new OpenLoad(service.url, wats);
      await load.until(() => load.acknowledged.length > 50);
      const filler = join(disk, 'filler');
      fill(filler);
      await load.until(() => load.refused.length > 100);
      const session = await fetch(`${service.url}/api/v1/session`, {
        headers: { authorization: webSessionToken, initialiser },
      });
      expect(session.status).toBe(200);
      rmSync(filler);
      const opened = load.acknowledged.length;
      await load.until(() => load.acknowledged.length > opened + 50);
      await load.stop();
      expect(load.refused).toEqual(load.refused.map(() => unavailable));
      await service.stop();
      const acknowledged = [...load.acknowledged, webSessionToken];
      expectExact(readSqliteOpens(disk), { acknowledged, unanswered: 0 });
    },
  );

  it(
    verifies('E-6 SES-1', 'refuses opens where a file cannot grow, and starts again whole'),
    async () => {
      const stateDir = mkdtempSync(join(tmpdir(), 'vitrine-limit-'));
      onTestFinished(() => rmSync(stateDir, { recursive: true }));
      const service = await startService({ contentDir, stateDir, maxFileBlocks: 1024 });
      onTestFinished(service.stop);
      const load = new OpenLoad(service.url, await mintWats(await service.createConfiguration()));
      await load.until(() => load.refused.length > 100);
      await load.stop();
      expect(load.acknowledged.length).toBeGreaterThan(0);
      expect(load.refused).toEqual(load.refused.map(() => unavailable));
      await service.stop();
      expectExact(readSqliteOpens(stateDir), load);

      const again = await startService({ contentDir, stateDir });
      onTestFinished(again.stop);
      await again.createConfiguration();
    },
  );
});
