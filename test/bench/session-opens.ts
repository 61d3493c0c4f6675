import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { generateKeyPair, mintToken } from '@vitrine/tokens';
import autocannon from 'autocannon';
import { findPostgres, startPostgres } from '../harness/start-postgres.ts';
import { startService } from '../harness/start-service.ts';
import { sampleClaims } from './claims.ts';
import { inTurn, type Row, row } from './row.ts';

const connections = 32;
const amount = 3000;
const rounds = 5;

/**
 * Sessions opened per second over HTTP, each row committed, beside an Express route that only decrypts: on SQLite, and on
 * PostgreSQL (on the same machine, `fsync` on) where it is installed.
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
  const service = await startService({ env: { LOG_LEVEL: 'info', ...env } });
  const pair = await generateKeyPair();
  const bare = fork(fileURLToPath(new URL('bare-route.ts', import.meta.url)), {
    env: { ...process.env, PRIVATE_KEY: pair.privateKey },
  });
  const [barePort] = await once(bare, 'message');
  try {
    const ours = await bodies(await service.createConfiguration());
    const theirs = await bodies({ kid: '6102ad6c86792300351fd952', publicKey: pair.publicKey });
    const openOurs = () => perSecond(`${service.url}/api/v1/wat/sessionToken`, ours);
    const openTheirs = () => perSecond(`http://127.0.0.1:${barePort}/open`, theirs);
    await openOurs();
    await openTheirs();
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

function bodies(key: { kid: string; publicKey: string }): Promise<string[]> {
  const now = Math.floor(Date.now() / 1000);
  return Promise.all(
    Array.from({ length: 300 }, async (_, index) =>
      JSON.stringify({ webAccessToken: await mintToken(sampleClaims(now, `bench-${index}`), key) }),
    ),
  );
}

async function perSecond(url: string, requestBodies: readonly string[]): Promise<number> {
  const result = await autocannon({
    url,
    connections,
    amount,
    requests: requestBodies.map((body) => ({
      method: 'POST' as const,
      headers: { 'content-type': 'application/json' },
      body,
    })),
  });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${result.non2xx} refusals and ${result.errors} errors from ${url}`);
  }
  return result.requests.total / ((result.finish.getTime() - result.start.getTime()) / 1000);
}
