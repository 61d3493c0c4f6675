import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../../../test/harness/free-port.ts';
import {
  findPostgres,
  type Postgres,
  startPostgres,
} from '../../../../../test/harness/start-postgres.ts';
import { verifies } from '../../../../../test/verifies.ts';
import { describeStore } from '../../test/describe-store.ts';
import { exampleConfiguration, kid, exampleSession as session } from '../../test/store-examples.ts';
import { refusalOf } from './check-server.ts';
import { Database } from './database.ts';
import { migrations } from './migrations.ts';
import { openPostgresStore } from './open-postgres-store.ts';

/** A way to the server that can be muted: connections stay, and nothing comes through. */
async function openLine(url: URL) {
  let isMute = false;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(url.port), url.hostname);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => isMute || to.write(chunk));
      from.on('close', () => to.destroy());
      from.on('error', () => to.destroy());
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    mute: () => {
      isMute = true;
    },
    unmute: () => {
      isMute = false;
    },
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const at = Date.parse('2026-11-21T20:30:00Z');
const bounds = { openedAfter: 0, idleTimeoutMs: 1_800_000 };

describe.skipIf(findPostgres() === undefined)('state in PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.remove());

  async function ask(url: string, sql: string) {
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(sql);
    await client.end();
    return rows;
  }

  describeStore('the PostgreSQL store', async () => {
    const url = await postgres.createDatabase();
    return { open: () => openPostgresStore(url), remove: async () => {} };
  });

  it(verifies('SES-7', 'makes the schema once when eight processes start at once'), async () => {
    const url = await postgres.createDatabase();
    const stores = await Promise.all(Array.from({ length: 8 }, () => openPostgresStore(url)));
    await stores[0]!.createConfiguration(exampleConfiguration());
    for (const store of stores) {
      expect(await store.listConfigurations()).toHaveLength(1);
      await store.close();
    }
    expect(await ask(url, 'SELECT version FROM vitrine.schema_version')).toEqual([
      { version: migrations.length },
    ]);
  });

  it(verifies('A-4', 'sends what a token says as parameters, never in a statement'), async () => {
    const url = await postgres.createDatabase();
    const store = await openPostgresStore(url, { maxConnections: 1 });
    await store.createConfiguration(exampleConfiguration());
    const hostile = "x' OR kid IS NOT NULL; DROP TABLE vitrine.session; --";
    for (const act of [
      () => store.findConfiguration(hostile),
      () => store.findSession(hostile),
      () => store.readClaims(hostile),
      () => store.touchSession(hostile, at),
      () => store.endSession(hostile, at),
      () => store.listSessions({ ...bounds, sub: hostile, kid: hostile, now: at, limit: 1 }),
    ]) {
      await act();
      const [last] = await ask(
        url,
        `SELECT query FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      expect(last.query).toContain('vitrine.');
      expect(last.query).not.toContain('DROP TABLE');
    }
    expect(await store.openSession({ ...session('a'), sub: hostile }, bounds)).toBe('opened');
    expect((await store.findSession('a'))?.sub).toBe(hostile);
    await store.close();
  });

  it('opens an up-to-date schema as a user that may create nothing', async () => {
    const url = await postgres.createDatabase();
    await (await openPostgresStore(url)).close();
    await ask(
      url,
      `DROP ROLE IF EXISTS clerk; CREATE ROLE clerk LOGIN PASSWORD 'clerk'; GRANT USAGE ON SCHEMA vitrine TO clerk;
       GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA vitrine TO clerk`,
    );
    const store = await openPostgresStore(url.replace(/\/\/.*@/, '//clerk:clerk@'));
    await store.createConfiguration(exampleConfiguration());
    expect(await store.openSession(session('a'), bounds)).toBe('opened');
    await store.close();
    await ask(url, 'DROP OWNED BY clerk; DROP ROLE clerk');
  });

  it('refuses a state that a newer release wrote', async () => {
    const url = await postgres.createDatabase();
    await (await openPostgresStore(url)).close();
    await ask(url, 'UPDATE vitrine.schema_version SET version = 1000');
    await expect(openPostgresStore(url)).rejects.toMatchObject({ code: 'state_too_new' });
  });

  it('refuses a database that cannot hold every character', async () => {
    const url = await postgres.createDatabase();
    await ask(url, `CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0`);
    await expect(openPostgresStore(url.replace(/[^/]+$/, 'latin'))).rejects.toMatchObject({
      code: 'store_unsupported',
    });
  });

  it(
    verifies('E-1 OPS-4', 'says why a URL does not work, and nothing of its password'),
    async () => {
      const url = await postgres.createDatabase();
      const wrong = [
        url.replace(postgres.password, 'an-old-password'),
        url.replace(/[^/]+$/, 'missing'),
        url.replace(/:\d+\//, `:${await freePort()}/`),
        url.replace('127.0.0.1', 'db.invalid'),
        `${url}?sslmode=verify-full&sslrootcert=/nowhere/root.crt`,
        `${url}?sslmode=verify-full`,
      ];
      const messages: string[] = [];
      for (const each of wrong) {
        const error: unknown = await openPostgresStore(each).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ code: 'store_unavailable' });
        expect(error).not.toHaveProperty('cause');
        const { message, stack } = error as Error;
        expect(`${message} ${stack}`).not.toMatch(/an-old-password|vitrine:/);
        expect(`${message} ${stack}`).not.toContain(postgres.password);
        messages.push(message);
      }
      expect(messages).toEqual([
        'PostgreSQL refused the password (28P01).',
        'PostgreSQL has no database of this name (3D000).',
        'PostgreSQL cannot be reached (ECONNREFUSED).',
        expect.stringMatching(/^PostgreSQL cannot be found by its host name/),
        expect.stringMatching(/^PostgreSQL .*\(ENOENT\)\.$/),
        'PostgreSQL gave no usable answer.',
      ]);
    },
  );

  it('holds each commit on the disk and sees other commits, whatever the database says', async () => {
    const url = await postgres.createDatabase();
    const name = url.split('/').pop();
    await ask(
      url,
      `ALTER DATABASE ${name} SET synchronous_commit = off;
       ALTER DATABASE ${name} SET default_transaction_isolation = 'serializable'`,
    );
    const database = new Database(url);
    const show = {
      name: 'show',
      text: `SELECT current_setting('synchronous_commit') AS commit,
        current_setting('transaction_isolation') AS isolation`,
    };
    const expected = [{ commit: 'on', isolation: 'read committed' }];
    expect(await database.rows(show, [])).toEqual(expected);
    expect(await database.transaction((runner) => runner.rows(show, []))).toEqual(expected);
    await database.close();
  });

  it('takes back a transaction that fails half-way', async () => {
    const url = await postgres.createDatabase();
    const store = await openPostgresStore(url);
    await store.createConfiguration(exampleConfiguration());
    const database = new Database(url);
    const failing = database.transaction(async (runner) => {
      await runner.run({ name: 'rename', text: `UPDATE vitrine.configuration SET name = 'x'` }, []);
      await runner.run({ name: 'fail', text: 'SELECT 1 / 0' }, []);
    });
    await expect(failing).rejects.toMatchObject({ code: 'store_unavailable' });
    expect((await store.findConfiguration(kid))?.name).toBe(exampleConfiguration().name);
    await database.close();
    await store.close();
  });

  it(
    verifies('E-3 SES-7', 'lets no open slip past a disabling that runs at the same moment'),
    async () => {
      const url = await postgres.createDatabase();
      const [one, other] = [await openPostgresStore(url), await openPostgresStore(url)];
      await one.createConfiguration(exampleConfiguration());
      let count = 0;
      for (let round = 0; round < 25; round += 1) {
        const opens = Array.from({ length: 20 }, () =>
          one.openSession(session(`s${count++}`), bounds),
        );
        await other.changeConfiguration(kid, { enabled: false }, at + round);
        await Promise.all(opens);
        await other.changeConfiguration(kid, { enabled: true }, at + round);
      }
      const live = { openedAfter: 0, now: at, idleTimeoutMs: 60_000, limit: 10 };
      expect(await one.listSessions(live)).toEqual([]);
      const [row] = await ask(url, 'SELECT count(*)::int AS rows FROM vitrine.session');
      expect((await one.readUsage(kid, 0)).total).toBe(row.rows);
      await one.close();
      await other.close();
    },
  );

  it(
    verifies('SES-7', 'gives up on a server that falls silent, and is back when it is'),
    async () => {
      const direct = await postgres.createDatabase();
      // Whatever takes its time on a busy machine is done over a connection that may take it.
      const patient = await openPostgresStore(direct);
      await patient.createConfiguration(exampleConfiguration());
      await patient.close();
      const line = await openLine(new URL(direct));
      const timeoutMs = 1_500;
      const store = await openPostgresStore(line.url, {
        statementTimeoutMs: timeoutMs,
        connectTimeoutMs: timeoutMs,
      });
      await store.findConfiguration(kid);
      line.mute();
      const asked = [
        store.openSession(session('a'), bounds),
        store.findSession('a'),
        store.endSession('a', at),
      ];
      for (const each of await Promise.allSettled(asked)) {
        expect(each).toMatchObject({ status: 'rejected', reason: { code: 'store_unavailable' } });
      }
      line.unmute();
      let count = 0;
      const open = () =>
        store.openSession(session(`b${count++}`), bounds).catch((error) => error.code);
      await expect.poll(open, { timeout: 20_000 }).toBe('opened');
      await store.close();
      line.close();
    },
  );

  it('takes the folder of a socket for the host', async () => {
    const { pathname, username, port } = new URL(await postgres.createDatabase());
    const url = `postgres://${pathname}?host=${postgres.folder}&port=${port}&user=${username}&password=${postgres.password}`;
    await (await openPostgresStore(url)).close();
  });

  it('takes values as values', async () => {
    const url = await postgres.createDatabase();
    const store = await openPostgresStore(url);
    const name = `'"\\; {1,2} NULL $1 -- ä漢😀`;
    await store.createConfiguration({ ...exampleConfiguration(), name, origins: [name] });
    await store.openSession(
      { ...session(name), sub: 'NULL', claims: JSON.stringify({ name }) },
      bounds,
    );
    expect(await store.findConfiguration(kid)).toMatchObject({ name, origins: [name] });
    expect(await store.findSession(name)).toMatchObject({ id: name, sub: 'NULL' });
    expect(JSON.parse((await store.readClaims(name)) ?? '')).toEqual({ name });
    await store.close();
  });
});

describe('refusalOf', () => {
  it('names what is too old, and what cannot hold every character', () => {
    expect(refusalOf(140_019, 'UTF8')).toBe('PostgreSQL 14 is too old: 15 or later is needed.');
    expect(refusalOf(180_000, 'SQL_ASCII')).toContain('SQL_ASCII');
    expect(refusalOf(150_000, 'UTF8')).toBeUndefined();
  });
});
