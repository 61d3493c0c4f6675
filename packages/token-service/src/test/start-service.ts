import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintToken } from '@vitrine/tokens';
import express from 'express';
import { pino } from 'pino';
import { createTokenService, type TokenServiceOptions } from '../create-token-service.ts';
import type { Directory } from '../directory.ts';
import { requestLog } from '../log/request-log.ts';
import { problemHandler } from '../problem/problem-handler.ts';
import type { LiveSession } from '../sessions/live-session.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';

export const adminToken = 'test-admin-token-0123456789';
export const startTime = Date.parse('2026-11-21T20:30:00Z');

/** A configuration as its creation answered, with the secret. */
export interface Created {
  readonly kid: string;
  readonly secret: string;
}

/** What a session's client holds. */
export interface Held {
  readonly webSessionToken: string;
  readonly initialiser: string;
}

export const headersOf = ({ webSessionToken, initialiser }: Held) => ({
  Authorization: webSessionToken,
  Initialiser: initialiser,
});

type Overrides = Partial<Omit<TokenServiceOptions, 'store'>>;

/** A folder for one state file, removed by `remove`. */
export async function newState() {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-service-'));
  return {
    folder,
    file: join(folder, 'state.db'),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A directory of two users that admits everything. */
export function directoryOf(...subjects: string[]): Directory & { subjects: Set<string> } {
  const known = new Set(subjects.length > 0 ? subjects : ['ada', 'bob']);
  return { subjects: known, hasSubject: (sub) => known.has(sub), admit: () => 'ok' };
}

/** The service behind a real HTTP server on a free port, with `GET /whoami` for sessions. */
export async function startService(file: string, overrides: Overrides = {}) {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const time = { now: startTime };
  const store = await openSqliteStore(file);
  const service = await createTokenService({
    ...{ store, adminToken, log, directory: directoryOf() },
    masterKey: new Uint8Array(32).fill(7),
    clock: () => time.now,
    elapsed: overrides.clock ?? (() => time.now),
    ...overrides,
  }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const app = express();
  app.set('trust proxy', 1);
  app.use(requestLog(log), service.router);
  app.get('/whoami', async (request, response) => {
    const session: LiveSession = await service.authenticate(request);
    response.json(session);
  });
  app.use(problemHandler);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;

  const send = (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    fetch(url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const admin = (method: string, path: string, body?: unknown) =>
    send(method, path, { Authorization: `Bearer ${adminToken}` }, body);

  return {
    ...{ url, time, store, service, send, admin },
    logText: () => lines.join(''),
    create: async (settings: object = {}): Promise<Created> => {
      const body = { name: 'Example', profile: 'compatible', ...settings };
      const response = await admin('POST', '/api/v1/wat/configurations', body);
      if (response.status !== 201) throw new Error(await response.text());
      return response.json() as Promise<Created>;
    },
    mint: ({ kid, secret }: Created, claims: object = {}) =>
      mintToken({ sub: 'ada', ...claims }, { kid, publicKey: secret, now: time.now / 1000 }),
    exchange: (webAccessToken: unknown, more: object = {}, headers: Record<string, string> = {}) =>
      send('POST', '/api/v1/wat/sessionToken', headers, { webAccessToken, ...more }),
    whoami: (held: Held) => send('GET', '/whoami', headersOf(held)),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await service.close();
      await store.close();
    },
  };
}

export type Started = Awaited<ReturnType<typeof startService>>;

/** The exchange, expected to succeed. */
export async function opened(response: Response): Promise<Held> {
  if (response.status !== 200) throw new Error(await response.text());
  return response.json() as Promise<Held>;
}

/** The code of a refusal; undefined for an answer that is none. */
export async function codeOf(response: Response): Promise<string | undefined> {
  return ((await response.json()) as { code?: string }).code;
}
