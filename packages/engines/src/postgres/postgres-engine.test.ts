import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedEngine, openers, postgres } from '../../../../test/harness/three-engines.ts';
import { verifies } from '../../../../test/verifies.ts';
import { type EngineFault, type EngineQuery, openPostgres } from '../index.ts';

const endless =
  'SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b WHERE a + b < 0';

let opened: OpenedEngine;
let owner: Client;
beforeAll(async () => {
  opened = await openers.postgres([], { connections: 4 });
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

describe('a query that cannot be ended', () => {
  it(verifies('DATA-4', 'is told of, and ended by the limit that it took along'), async () => {
    await owner.query("CREATE ROLE tight LOGIN PASSWORD 'tight' CONNECTION LIMIT 1");
    const faults: EngineFault[] = [];
    const engine = await openPostgres({
      connectionString: Object.assign(new URL(opened.address), {
        username: 'tight',
        password: 'tight',
      }).href,
      connections: 1,
      onFault: (fault) => faults.push(fault),
    });
    const abort = new AbortController();
    const query = { text: endless, params: [], maxRows: 1, timeoutMs: 3_000, signal: abort.signal };
    const refusal = expect(engine.query(query)).rejects.toMatchObject({ code: 'query_cancelled' });
    const active = async () =>
      (
        await owner.query(
          "SELECT FROM pg_stat_activity WHERE usename = 'tight' AND state = 'active'",
        )
      ).rowCount;
    await expect.poll(active, { timeout: 20_000 }).toBe(1);
    abort.abort();
    await refusal;
    // Its own connection is the only one that it may have, so that nothing can be said about it.
    await expect.poll(() => faults).toEqual([{ what: 'query_not_ended', reason: '53300' }]);
    await expect.poll(active, { timeout: 20_000 }).toBe(0);
    await engine.close();
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
