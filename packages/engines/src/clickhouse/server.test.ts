import { afterEach, describe, expect, it } from 'vitest';
import {
  type ClickHouse,
  type ClickHouseServer,
  startClickHouse,
} from '../../../../test/harness/start-clickhouse.ts';
import { verifies } from '../../../../test/verifies.ts';
import { type Engine, type EngineFault, type EngineQuery, openClickHouse } from '../index.ts';

const patience = { timeout: 20_000 };
const endless = 'SELECT count() FROM numbers(100000000000) WHERE sipHash64(number) = 1';

let server: ClickHouse | undefined;
let engine: Engine | undefined;
afterEach(async () => {
  await engine?.close();
  await server?.stop();
  engine = undefined;
  server = undefined;
});

/** A server with ten rows of two tenants, started again as `options` say, and an engine on it. */
async function open(options: ClickHouseServer, connections = 4) {
  const first = await startClickHouse();
  const { pathname } = new URL(await first.createDatabase());
  const at = `http://x${pathname}`;
  await first.run(
    at,
    'CREATE TABLE facts (tenant String, id Int64) ENGINE = MergeTree ORDER BY id',
  );
  await first.run(at, "CREATE TABLE far (id Int64) AS remote('127.0.0.1:1', 'data_1', 'facts')");
  await first.run(at, 'CREATE TABLE secret (id Int64) ENGINE = MergeTree ORDER BY id');
  await first.run(
    at,
    "INSERT INTO facts SELECT ['a', 'b'][number % 2 + 1], number FROM numbers(10)",
  );
  server = await first.restart(options);
  const faults: EngineFault[] = [];
  const address = `${server.url}${pathname}`;
  const opening = openClickHouse({ url: address, connections, onFault: (one) => faults.push(one) });
  return { opening, faults, address };
}

async function opened(options: ClickHouseServer, connections?: number) {
  const { opening, ...rest } = await open(options, connections);
  const one = await opening;
  engine = one;
  const ask = (text: string, more: Partial<EngineQuery> = {}) =>
    one.query({ text, params: [], maxRows: 100, timeoutMs: 20_000, ...more });
  return { ask, ...rest };
}
const count = async () => (await server?.running())?.length;

describe('a query that is cancelled ends on the server', () => {
  it.each<[string, ClickHouseServer['undone']]>([
    ['by both', []],
    ['by KILL QUERY alone', ['leave']],
    ['by its closed connection alone', ['kill']],
  ])(verifies('DATA-4', '%s'), async (_what, undone = []) => {
    const { ask, faults } = await opened({ undone });
    const abort = new AbortController();
    const running = ask(endless, { signal: abort.signal, timeoutMs: 600_000 });
    const refusal = expect(running).rejects.toMatchObject({ code: 'query_cancelled' });
    await expect.poll(count, patience).toBe(1);
    abort.abort();
    await refusal;
    await expect.poll(count, patience).toBe(0);
    const told = undone.includes('kill') ? [{ what: 'query_not_ended', reason: '497' }] : [];
    await expect.poll(() => faults).toEqual(told);
  });

  it(verifies('DATA-4', 'and one whose time is over, by itself'), async () => {
    const { ask } = await opened({ undone: ['leave', 'kill'] });
    await expect(ask(endless, { timeoutMs: 300 })).rejects.toMatchObject({ code: 'query_timeout' });
    await expect.poll(count, patience).toBe(0);
  });

  it(verifies('DATA-4', 'and all that run when the engine is closed'), async () => {
    const { ask } = await opened({});
    const running = [1, 2, 3].map((n) => ask(`${endless} + ${n}`, { timeoutMs: 600_000 }));
    const codes = Promise.all(running.map((one) => one.catch((error) => error.code)));
    await expect.poll(count, patience).toBe(3);
    await engine?.close();
    expect(await codes).toEqual(Array(3).fill('source_unavailable'));
    await expect.poll(count, patience).toBe(0);
  });
});

describe('queries beside each other', () => {
  it(
    verifies('DATA-4', 'are as many as there are connections; more wait, and time out'),
    async () => {
      const { ask } = await opened({}, 4);
      const abort = new AbortController();
      const running = Array.from({ length: 4 }, () =>
        ask(endless, { signal: abort.signal, timeoutMs: 600_000 }).catch((error) => error.code),
      );
      await expect.poll(count, patience).toBe(4);
      await expect(ask('SELECT 1', { timeoutMs: 2_000 })).rejects.toMatchObject({
        code: 'query_timeout',
      });
      expect(await count()).toBe(4);
      const patient = ask('SELECT 2');
      abort.abort();
      expect(await Promise.all(running)).toEqual(Array(4).fill('query_cancelled'));
      expect((await patient).rows).toEqual([[2]]);
    },
  );

  it(verifies('DATA-3', 'have each their own values and rows'), async () => {
    const { ask } = await opened({}, 8);
    const answers = Array.from({ length: 400 }, async (_, n) => {
      const params = [{ type: 'integer', value: String(n) }] as const;
      return (await ask('SELECT {p1:Int64}, sleepEachRow(0.002)', { params })).rows[0]?.[0];
    });
    expect(await Promise.all(answers)).toEqual(Array.from({ length: 400 }, (_, n) => n));
  });
});

describe('a user', () => {
  const user = (more: Partial<NonNullable<ClickHouseServer['user']>>): ClickHouseServer => ({
    user: { profiles: '<default/>', quotas: '<default/>', user: '', ...more },
  });
  const profile = (settings: string) => user({ profiles: `<default>${settings}</default>` });

  it(
    verifies('DATA-3 DATA-4', 'as the documentation has it reads, within its limits'),
    async () => {
      const { ask } = await opened(
        profile(`<readonly>2</readonly><max_execution_time>60</max_execution_time>
        <constraints><max_execution_time><max>120</max></max_execution_time>
          <max_memory_usage><max>8589934592</max></max_memory_usage></constraints>`),
      );
      expect((await ask("SELECT count(), getSetting('readonly') FROM facts")).rows).toEqual([
        [10, 2],
      ]);
      for (const text of [
        "INSERT INTO facts VALUES ('c', 1)",
        'DROP TABLE facts',
        'SET readonly = 0',
      ]) {
        await expect(ask(text)).rejects.toMatchObject({ code: 'query_failed' });
      }
      await expect(ask('SELECT 1', { timeoutMs: 121_000 })).rejects.toMatchObject({
        code: 'query_failed',
      });
    },
  );

  it(verifies('DATA-3', 'who may not send settings is refused when the source opens'), async () => {
    const { opening } = await open(profile('<readonly>1</readonly>'));
    await expect(opening).rejects.toMatchObject({
      code: 'source_unavailable',
      message: 'The server cannot be used. It takes no settings with a query.',
    });
  });

  it(verifies('D-10', 'cannot be sent what its profile holds fast'), async () => {
    const { opening } = await open(
      profile(`<readonly>2</readonly><max_memory_usage>1000000000</max_memory_usage>
        <constraints><max_memory_usage><const/></max_memory_usage></constraints>`),
    );
    await expect(opening).rejects.toMatchObject({ code: 'source_unavailable' });
  });

  it(verifies('D-10', 'reads what it is granted, and no other table'), async () => {
    const { ask } = await opened(
      user({ user: '<grants><query>GRANT SELECT ON data_1.facts</query></grants>' }),
    );
    expect((await ask('SELECT count() FROM facts')).rows).toEqual([[10]]);
    for (const text of [
      'SELECT count() FROM secret',
      "SELECT * FROM file('x.csv')",
      "SELECT * FROM url('http://127.0.0.1/')",
      "SELECT * FROM remote('127.0.0.1', 'data_1', 'secret')",
      "INSERT INTO facts VALUES ('c', 1)",
    ]) {
      const { code } = await ask(text).catch((error) => error);
      expect([text, ['query_failed', 'source_unavailable'].includes(code)]).toEqual([text, true]);
    }
  });

  it(verifies('D-10', 'sees the rows of its policy, whatever the statement asks for'), async () => {
    const filter =
      "<databases><data_1><facts><filter>tenant = 'a'</filter></facts></data_1></databases>";
    const { ask } = await opened(user({ user: filter }));
    for (const text of [
      'SELECT DISTINCT tenant FROM facts',
      "SELECT tenant FROM facts WHERE tenant = 'b' OR 1 = 1 GROUP BY tenant",
      'SELECT any(tenant) FROM (SELECT * FROM facts)',
    ]) {
      expect((await ask(text)).rows).toEqual([['a']]);
    }
  });

  it(verifies('DATA-4', 'whose quota is used up is told to come again'), async () => {
    const { ask } = await opened(
      user({
        quotas: `<default><interval><duration>3600</duration><queries>40</queries></interval></default>`,
      }),
    );
    const codes = Array.from({ length: 60 }, () =>
      ask('SELECT 1').then(
        () => 'answered',
        (error) => error.code,
      ),
    );
    expect(new Set(await Promise.all(codes))).toEqual(new Set(['answered', 'overloaded']));
  });

  it(
    verifies('DATA-4', 'with as many queries as it may have at once is told to come again'),
    async () => {
      const { ask } = await opened(
        profile('<max_concurrent_queries_for_user>2</max_concurrent_queries_for_user>'),
      );
      const abort = new AbortController();
      const codes: string[] = [];
      const asked = [1, 2, 3, 4].map((n) =>
        ask(`${endless} + ${n}`, { signal: abort.signal }).catch(({ code }) => codes.push(code)),
      );
      await expect.poll(() => codes, patience).toContain('overloaded');
      abort.abort();
      await Promise.all(asked);
      expect(new Set(codes)).toEqual(new Set(['overloaded', 'query_cancelled']));
    },
  );
});

describe('a server that goes away', () => {
  it(verifies('DATA-3', 'fails its queries, and answers again when it is back'), async () => {
    const { ask } = await opened({});
    const running = ask(endless, { timeoutMs: 600_000 });
    const refusal = expect(running).rejects.toMatchObject({ code: 'source_unavailable' });
    await expect.poll(count, patience).toBe(1);
    server = await server?.restart({});
    await refusal;
    expect((await ask('SELECT count() FROM facts')).rows).toEqual([[10]]);
    await server?.crash();
    await expect(ask('SELECT 1')).rejects.toMatchObject({ code: 'source_unavailable' });
    server = await server?.restart({});
    expect((await ask('SELECT 1')).rows).toEqual([[1]]);
  });

  it(verifies('DATA-3', 'or a shard of it, is a source that is away'), async () => {
    const { ask } = await opened({});
    await expect(ask('SELECT count() FROM far')).rejects.toMatchObject({
      code: 'source_unavailable',
    });
  });
});
