import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedEngine, openers, postgres } from '../../../../test/harness/three-engines.ts';
import { verifies } from '../../../../test/verifies.ts';
import type { EngineQuery } from '../index.ts';

const tenants = Array.from({ length: 10 }, (_, tenant) => `tenant-${tenant}`);
/** Rows of ten tenants, each of whom a policy shows to whoever has set the tenant of the session. */
const statements = [
  `CREATE TABLE facts AS
     SELECT 'tenant-' || i % 10 AS tenant, i AS id FROM generate_series(0, 9999) AS i`,
  'ALTER TABLE facts ENABLE ROW LEVEL SECURITY',
  "CREATE POLICY own ON facts USING (tenant = current_setting('app.tenant', true))",
  // What a view or a live definition might do to its session.
  `CREATE FUNCTION enter(tenant text) RETURNS boolean LANGUAGE sql AS
     $$ SELECT set_config('app.tenant', tenant, false) = tenant AND pg_advisory_lock_shared(1) IS NOT NULL $$`,
];
const endless =
  'SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b WHERE a + b < 0';

let opened: OpenedEngine;
let owner: Client;
beforeAll(async () => {
  opened = await openers.postgres(statements, { connections: 4 });
  const { address } = opened;
  const { password } = await postgres();
  owner = new Client({
    connectionString: Object.assign(new URL(address), { username: 'vitrine', password }).href,
  });
  owner.on('error', () => {});
  await owner.connect();
});
afterAll(async () => {
  await opened.close();
  await owner.end();
});

const ask = (text: string, more: Partial<EngineQuery> = {}) =>
  opened.engine.query({ text, params: [], maxRows: 20_000, timeoutMs: 20_000, ...more });
const backends = async (): Promise<{ state: string; query: string }[]> =>
  (
    await owner.query(
      "SELECT state, query FROM pg_stat_activity WHERE usename = 'reader' AND datname = current_database()",
    )
  ).rows;

/** Waits until a query runs on the server, or none does. */
const isActive = (expected: boolean) =>
  expect
    .poll(async () => (await backends()).some(({ state }) => state === 'active'), {
      timeout: 20_000,
    })
    .toBe(expected);

describe('a pooled connection', () => {
  it(
    verifies('D-10', 'keeps nothing of a session: 100 of 10 tenants through 4, 0 foreign rows'),
    async () => {
      let rowsSeen = 0;
      let foreign = 0;
      const session = async (index: number) => {
        const tenant = tenants[index % tenants.length] ?? '';
        for (let turn = 0; turn < 10; turn++) {
          // Every third asks without a tenant of its own: nothing of the last one must be left for it.
          const isAnonymous = (index + turn) % 3 === 0;
          const text = isAnonymous
            ? 'SELECT tenant, id FROM facts'
            : 'SELECT tenant, id FROM facts WHERE (SELECT enter($1))';
          const params = isAnonymous ? [] : ([{ type: 'text', value: tenant }] as const);
          const { rows } = await ask(text, { params, timeoutMs: 60_000 });
          rowsSeen += rows.length;
          foreign += rows.filter(([of]) => isAnonymous || of !== tenant).length;
        }
      };
      await Promise.all(Array.from({ length: 100 }, (_, index) => session(index)));
      expect(foreign).toBe(0);
      expect(rowsSeen).toBeGreaterThan(0);
      expect((await backends()).length).toBeLessThanOrEqual(4);
      // The last connections may still be on their way back.
      const locks = async () =>
        (await owner.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'")).rows.length;
      await expect.poll(locks, { timeout: 20_000 }).toBe(0);
    },
  );

  it(
    verifies('D-10', 'reads in a transaction that cannot write, in UTC, with a time-out'),
    async () => {
      const { rows } = await ask(
        `SELECT current_setting('transaction_read_only'), current_setting('TimeZone'),
         current_setting('statement_timeout')`,
        { timeoutMs: 12_345 },
      );
      expect(rows).toEqual([['on', 'UTC', '12345ms']]);
      await expect(ask("SELECT setval('s', 1)")).rejects.toMatchObject({ code: 'query_failed' });
    },
  );
});

describe('a query that is ended', () => {
  it(verifies('DATA-4 D-10', 'is ended on the server too, by its time'), async () => {
    await expect(ask(endless, { timeoutMs: 300 })).rejects.toMatchObject({ code: 'query_timeout' });
    await isActive(false);
  });

  it(verifies('DATA-4', 'is ended on the server too, by its caller'), async () => {
    const abort = new AbortController();
    const running = ask(endless, { signal: abort.signal, timeoutMs: 600_000 });
    const refusal = expect(running).rejects.toMatchObject({ code: 'query_cancelled' });
    await isActive(true);
    abort.abort();
    await refusal;
    await isActive(false);
  });

  it(verifies('DATA-4', 'is ended on the server too, by its limit of rows'), async () => {
    const answer = await ask('SELECT generate_series(1, 1000000000)', { maxRows: 5 });
    expect(answer).toEqual({ rows: [[1], [2], [3], [4], [5]], truncated: true });
    await isActive(false);
  });

  it(verifies('DATA-4', 'gives way to those that wait, which time out in the line'), async () => {
    const abort = new AbortController();
    const running = Array.from({ length: 4 }, () =>
      ask(endless, { signal: abort.signal, timeoutMs: 600_000 }).catch((error) => error.code),
    );
    await expect(ask('SELECT 1', { timeoutMs: 100 })).rejects.toMatchObject({
      code: 'query_timeout',
    });
    const patient = ask('SELECT 2');
    abort.abort();
    expect(await Promise.all(running)).toEqual(Array(4).fill('query_cancelled'));
    expect((await patient).rows).toEqual([[2]]);
  });
});

describe('a server that goes away', () => {
  it(verifies('DATA-3', 'fails its queries, and answers again when it is back'), async () => {
    const server = await postgres();
    const running = ask(endless, { timeoutMs: 600_000 });
    const refusal = expect(running).rejects.toMatchObject({ code: 'source_unavailable' });
    await isActive(true);
    server.crash();
    await refusal;
    await expect(ask('SELECT 1')).rejects.toMatchObject({ code: 'source_unavailable' });
    server.start();
    expect((await ask('SELECT 1')).rows).toEqual([[1]]);
  });
});
