import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostgres, type Postgres, startPostgres } from '../harness/start-postgres.ts';
import { type RunningService, startService } from '../harness/start-service.ts';
import { verifies } from '../verifies.ts';
import { mintWats, OpenLoad } from './open-load.ts';
import { expectExact, readPostgresOpens } from './stored-opens.ts';
import { tinyContent } from './tiny-content.ts';

const outages = 2;
const clients = 16;

describe.skipIf(findPostgres() === undefined)('while PostgreSQL is away', () => {
  const contentDir = tinyContent();
  let postgres: Postgres;
  let service: RunningService;
  let databaseUrl: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    databaseUrl = await postgres.createDatabase();
    service = await startService({ contentDir, env: { DATABASE_URL: databaseUrl } });
  });
  afterAll(async () => {
    await service.stop();
    postgres.remove();
    rmSync(contentDir, { recursive: true });
  });

  it(
    verifies('SES-7 I-3', 'answers 503 with Retry-After, recovers by itself, and loses nothing'),
    async () => {
      const wats = await mintWats(await service.createConfiguration());
      const load = new OpenLoad(service.url, wats, clients);
      for (let outage = 1; outage <= outages; outage += 1) {
        const [opened, refused] = [load.acknowledged.length, load.refused.length];
        await load.until(() => load.acknowledged.length > opened + 50);
        postgres.crash();
        await load.until(() => load.refused.length > refused + 200);
        const admin = await fetch(`${service.url}/api/v1/wat/configurations`, {
          headers: { authorization: `Bearer ${service.adminToken}` },
        });
        expect([admin.status, admin.headers.get('retry-after')]).toEqual([503, '1']);
        expect((await fetch(`${service.url}/healthz`)).status).toBe(200);
        postgres.start();
      }
      const opened = load.acknowledged.length;
      await load.until(() => load.acknowledged.length > opened + 50);
      await load.stop();

      expect(load.unanswered).toBe(0);
      const kinds = new Set(load.refused.map((refused) => JSON.stringify(refused)));
      expect([...kinds]).toEqual([
        JSON.stringify({ status: 503, code: 'store_unavailable', retryAfter: '1' }),
      ]);
      // A commit whose answer was lost with the server was refused to the client, and may have happened.
      expectExact(await readPostgresOpens(databaseUrl), {
        acknowledged: load.acknowledged,
        unanswered: outages * clients,
      });
      expect(service.output()).not.toContain(postgres.password);
    },
  );
});
