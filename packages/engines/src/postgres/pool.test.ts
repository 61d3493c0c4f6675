import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenedEngine, openers, postgres } from '../../../../test/harness/three-engines.ts';
import { verifies } from '../../../../test/verifies.ts';

const tenants = Array.from({ length: 10 }, (_, tenant) => `tenant-${tenant}`);
const rowsPerTenant = 20;
const sessions = 100;
const durationMs = 60_000;
/** Rows of ten tenants, each of whom a policy shows to whoever has set the tenant of the session. */
const statements = [
  `CREATE TABLE facts AS
     SELECT 'tenant-' || i % 10 AS tenant, i AS id FROM generate_series(0, ${10 * rowsPerTenant - 1}) AS i`,
  'ALTER TABLE facts ENABLE ROW LEVEL SECURITY',
  "CREATE POLICY own ON facts USING (tenant = current_setting('app.tenant', true))",
  // What a view or a live definition might do to its session.
  `CREATE FUNCTION enter(tenant text) RETURNS boolean LANGUAGE sql AS
     $$ SELECT set_config('app.tenant', tenant, false) = tenant AND pg_advisory_lock_shared(1) IS NOT NULL $$`,
];
/** Holds its connection for a moment, so that others always wait for it. */
const held =
  'WITH moment AS MATERIALIZED (SELECT pg_sleep(0.01)) SELECT tenant, id FROM facts, moment';

let opened: OpenedEngine;
let owner: Client;
beforeAll(async () => {
  opened = await openers.postgres(statements, { connections: 4 });
  const { password } = await postgres();
  const { href } = Object.assign(new URL(opened.address), { username: 'vitrine', password });
  owner = new Client({ connectionString: href });
  await owner.connect();
});
afterAll(async () => {
  await opened.close();
  await owner.end();
});

it(verifies(
  'D-10',
  'a pool of 4 keeps nothing of 100 sessions of 10 tenants, for a minute: 0 foreign rows',
), { timeout: 120_000 }, async () => {
  const seen = { own: 0, none: 0, foreign: 0 };
  const end = performance.now() + durationMs;
  const session = async (index: number) => {
    const tenant = tenants[index % tenants.length] ?? '';
    const own = [{ type: 'text', value: tenant }] as const;
    for (let turn = 0; performance.now() < end; turn++) {
      // Every third asks without a tenant of its own: nothing of the last one must be left for it.
      const isAnonymous = (index + turn) % 3 === 0;
      const { rows } = await opened.engine.query({
        text: isAnonymous ? held : `${held} WHERE (SELECT enter($1))`,
        ...{ params: isAnonymous ? [] : own, maxRows: 1_000, timeoutMs: 60_000 },
      });
      const foreign = rows.filter(([of]) => isAnonymous || of !== tenant).length;
      seen.foreign += foreign;
      if (isAnonymous) seen.none += 1;
      else if (rows.length === rowsPerTenant) seen.own += 1;
      else seen.foreign += 1;
    }
  };
  await Promise.all(Array.from({ length: sessions }, (_, index) => session(index)));
  expect(seen.foreign).toBe(0);
  // Beside other tests the machine is slow: fifteen turns of each session at the least.
  expect(seen.own).toBeGreaterThan(sessions * 10);
  expect(seen.none).toBeGreaterThan(sessions * 5);
  const { rows } = await owner.query(
    "SELECT FROM pg_stat_activity WHERE usename = 'reader' AND datname = current_database()",
  );
  expect(rows.length).toBeLessThanOrEqual(4);
  // The last connections may still be on their way back.
  const locks = async () =>
    (await owner.query("SELECT FROM pg_locks WHERE locktype = 'advisory'")).rows.length;
  await expect.poll(locks, { timeout: 20_000 }).toBe(0);
});
