import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { generateKeyPair, importPublicKey, mintToken } from '@vitrine/tokens';
import { findPostgres, startPostgres } from '../harness/start-postgres.ts';
import { startService } from '../harness/start-service.ts';
import { sampleClaims } from './claims.ts';
import { answersPerSecond } from './load.ts';
import { inTurn, type Row, row } from './row.ts';

const connections = 64;
const seconds = 2;
/** More than are opened in that time. */
const amount = 10_000;
const rounds = 5;

/**
 * Sessions opened per second over HTTP, each row committed, beside an Express route that only decrypts: on SQLite, and on
 * PostgreSQL (on the same machine, `fsync` on) where it is installed. Requests are not logged: the bare route writes no log either,
 * and here the load generator would have to read it.
 */
export async function sessionOpens(): Promise<Row[]> {
  const onSqlite = await opensBesideBare({ name: 'SQLite', atLeast: 0.8 });
  if (findPostgres() === undefined) return [onSqlite];
  const postgres = await startPostgres();
  try {
    const DATABASE_URL = await postgres.createDatabase();
    return [
      onSqlite,
      await opensBesideBare({ name: 'PostgreSQL', atLeast: 0.6, env: { DATABASE_URL } }),
    ];
  } finally {
    postgres.remove();
  }
}

interface Subject {
  readonly name: string;
  readonly atLeast: number;
  readonly env?: Readonly<Record<string, string>>;
}

async function opensBesideBare({ name, atLeast, env = {} }: Subject): Promise<Row> {
  const service = await startService({ compiled: true, env: { LOG_LEVEL: 'warn', ...env } });
  const pair = await generateKeyPair();
  const bare = fork(fileURLToPath(new URL('bare-route.ts', import.meta.url)), {
    env: { ...process.env, PRIVATE_KEY: pair.privateKey, PUBLIC_KEY: pair.publicKey },
  });
  const [barePort] = await once(bare, 'message');
  try {
    const exchange = `${service.url}/api/v1/wat/sessionToken`;
    const configuration = await service.createConfiguration();
    const theirs = await bodies({ kid: '6102ad6c86792300351fd952', publicKey: pair.publicKey });
    // Each token is opened once: a second opening would need no decryption here.
    const opening = { connections, seconds, once: true };
    const openOurs = async () =>
      answersPerSecond({ url: exchange, bodies: await bodies(configuration), ...opening });
    const openTheirs = () =>
      answersPerSecond({ url: `http://127.0.0.1:${barePort}/open`, bodies: theirs, ...opening });
    // Both compilers have seen their code before anything counts.
    for (let warm = 0; warm < 4; warm += 1) {
      await openOurs();
      await openTheirs();
    }
    const [value, baseline] = await inTurn(rounds, openOurs, openTheirs);
    return row(
      `session opens over HTTP, committed in ${name}, beside a bare route`,
      '1/s',
      value,
      baseline,
      { of: 'ratio', atLeast },
    );
  } finally {
    bare.kill();
    await service.stop();
  }
}

/** Enough for a round. */
async function bodies({ kid, ...key }: { kid: string; publicKey: string }): Promise<string[]> {
  const now = Math.floor(Date.now() / 1000);
  const publicKey = await importPublicKey(key.publicKey);
  const made: string[] = [];
  while (made.length < amount) {
    const some = Array.from({ length: 500 }, async (_, nth) =>
      mintToken(sampleClaims(now, `bench-${made.length + nth}`), { kid, publicKey }),
    );
    const tokens = await Promise.all(some);
    made.push(...tokens.map((webAccessToken) => JSON.stringify({ webAccessToken })));
  }
  return made;
}

/** The request that exchanges the token in a body. */
export const exchangeOf = (body: string) => ({
  method: 'POST' as const,
  headers: { 'content-type': 'application/json' },
  body,
});
