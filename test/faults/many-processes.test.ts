import { rmSync } from 'node:fs';
import autocannon from 'autocannon';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { findPostgres, startPostgres } from '../harness/start-postgres.ts';
import { type RunningService, startService } from '../harness/start-service.ts';
import { verifies } from '../verifies.ts';
import { mintWats } from './open-load.ts';
import { readPostgresOpens, readSqliteOpens } from './stored-opens.ts';
import { tinyContent } from './tiny-content.ts';

const total = 10_000;
const timeout = 180_000;
const contentDir = tinyContent();
const MASTER_KEY = Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64');
afterAll(() => rmSync(contentDir, { recursive: true }));

const admin = ({ adminToken }: RunningService) => ({
  authorization: `Bearer ${adminToken}`,
  'content-type': 'application/json',
});

async function usageOf(service: RunningService, kid: string): Promise<unknown> {
  const address = `${service.url}/api/v1/wat/configurations/${kid}/usage`;
  const response = await fetch(address, { headers: admin(service) });
  return (await response.json()).total;
}

/** Opens that many sessions, spread over the services, all at once. */
async function openOn(services: readonly RunningService[], wats: readonly string[]) {
  const results = await Promise.all(
    services.map(({ url }) =>
      autocannon({
        url: `${url}/api/v1/wat/sessionToken`,
        connections: 50,
        amount: total / services.length,
        requests: wats.map((webAccessToken) => ({
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ webAccessToken }),
        })),
      }),
    ),
  );
  for (const { non2xx, errors } of results)
    expect({ non2xx, errors }).toEqual({ non2xx: 0, errors: 0 });
}

describe('10,000 parallel exchanges', () => {
  it(verifies('E-6 SES-1', 'are 10,000 in one process on SQLite'), { timeout }, async () => {
    const service = await startService({ contentDir, env: { LOG_LEVEL: 'warn' } });
    onTestFinished(service.stop);
    const key = await service.createConfiguration();
    await openOn([service], await mintWats(key));
    expect(await usageOf(service, key.kid)).toBe(total);
    const { ids, counted } = readSqliteOpens(service.stateDir);
    expect([new Set(ids).size, counted]).toEqual([total, total]);
  });
});

describe.skipIf(findPostgres() === undefined)('two processes on one PostgreSQL', () => {
  it(
    verifies('SES-7 E-3', 'count exactly, and a disabling on one holds on the other'),
    async () => {
      const postgres = await startPostgres();
      onTestFinished(postgres.remove);
      const DATABASE_URL = await postgres.createDatabase();
      const start = () =>
        startService({ contentDir, env: { DATABASE_URL, MASTER_KEY, LOG_LEVEL: 'warn' } });
      const [one, other] = [await start(), await start()];
      for (const { stop } of [one, other]) onTestFinished(stop);
      const key = await one.createConfiguration();
      const wats = await mintWats(key);
      await openOn([one, other], wats);
      expect(await usageOf(one, key.kid)).toBe(total);
      expect(await usageOf(other, key.kid)).toBe(total);
      const { ids, counted } = await readPostgresOpens(DATABASE_URL);
      expect([new Set(ids).size, counted]).toEqual([total, total]);

      const exchange = () =>
        fetch(`${other.url}/api/v1/wat/sessionToken`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ webAccessToken: wats[0] }),
        });
      const held = await (await exchange()).json();
      const headers = { authorization: held.webSessionToken, initialiser: held.initialiser };
      const ask = () => fetch(`${other.url}/api/v1/session`, { headers });
      expect((await ask()).status).toBe(200);

      const disabledAt = performance.now();
      const disabling = await fetch(`${one.url}/api/v1/wat/configurations/${key.kid}`, {
        method: 'PATCH',
        headers: admin(one),
        body: JSON.stringify({ enabled: false }),
      });
      expect(disabling.status).toBe(200);
      const refusals = [await ask(), await exchange()];
      expect(await Promise.all(refusals.map(async (each) => (await each.json()).code))).toEqual([
        'session_ended',
        'token_refused',
      ]);
      expect(performance.now() - disabledAt).toBeLessThan(2000);
      await Promise.all([one.stop(), other.stop()]);
      postgres.remove();
    },
  );
});
