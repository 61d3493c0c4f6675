import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  globSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { Client } from 'pg';
import { freePort } from './free-port.ts';

/** A server of its own on a free port, with `fsync` on, as in production. */
export interface Postgres {
  /** The password of the URLs, to look for where it must not be. */
  readonly password: string;
  /** Where its socket is. */
  readonly folder: string;
  /** The URL of a new, empty database; its texts are ordered by code point, or as a language of ICU has them. */
  createDatabase(icuLocale?: string): Promise<string>;
  /** Ends the server without a checkpoint, as a crash would. */
  crash(): void;
  start(): void;
  /** Ends the server and removes its folder. */
  remove(): void;
}

/** PostgreSQL refuses to run as root; this user owns nothing else. */
const nobody = 65_534;

/** The folder of `initdb` and `pg_ctl`; undefined where PostgreSQL is not installed. */
export function findPostgres(): string | undefined {
  const debian = globSync('/usr/lib/postgresql/*/bin').sort(byVersion);
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...debian];
  return folders.find(
    (folder) => isRunnable(join(folder, 'initdb')) && isRunnable(join(folder, 'pg_ctl')),
  );
}

/** Starts a server in a folder of its own. Throws `Error` where PostgreSQL is not installed. */
export async function startPostgres(): Promise<Postgres> {
  const binaries = findPostgres();
  if (binaries === undefined) throw new Error('PostgreSQL is not installed.');
  const password = randomBytes(12).toString('hex');
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-postgres-'));
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chownSync(folder, nobody, nobody);
  const as = { cwd: folder, ...(isRoot ? { uid: nobody, gid: nobody } : {}) };
  const run = (name: string, ...args: string[]) =>
    execFileSync(join(binaries, name), args, { ...as, stdio: 'ignore' });

  const data = join(folder, 'data');
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o644 });
  run(
    'initdb',
    '-D',
    data,
    '-U',
    'vitrine',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
    '-E',
    'UTF8',
    '--locale=C',
  );
  const port = await freePort();
  const settings = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1`;
  const start = () =>
    run('pg_ctl', '-D', data, '-w', '-l', join(folder, 'log'), '-o', settings, 'start');
  const crash = () => run('pg_ctl', '-D', data, '-w', '-m', 'immediate', 'stop');
  const urlOf = (database: string) =>
    `postgres://vitrine:${password}@127.0.0.1:${port}/${database}`;
  start();
  let isRemoved = false;
  const remove = () => {
    if (isRemoved) return;
    isRemoved = true;
    try {
      crash();
    } catch {
      // It was down already.
    }
    rmSync(folder, { recursive: true, force: true });
  };
  // However this process ends: its end of the pipe is closed with it.
  const end = 'cat > /dev/null; "$0" -D "$1" -m immediate stop; cd /; rm -rf "$2"';
  const guard = spawn('/bin/sh', ['-c', end, join(binaries, 'pg_ctl'), data, folder], {
    ...as,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  (guard.stdin as Socket).unref();
  let databases = 0;

  return {
    password,
    folder,
    async createDatabase(icuLocale) {
      databases += 1;
      const name = `state_${databases}`;
      const client = new Client({ connectionString: urlOf('postgres') });
      await client.connect();
      const ordered = `TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE '${icuLocale}'`;
      await client.query(`CREATE DATABASE ${name} ${icuLocale === undefined ? '' : ordered}`);
      await client.end();
      return urlOf(name);
    },
    crash,
    start,
    remove,
  };
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Newest first. */
function byVersion(one: string, other: string): number {
  const version = (folder: string) => Number(dirname(folder).split('/').pop());
  return version(other) - version(one);
}
