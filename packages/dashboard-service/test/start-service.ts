import { mkdtemp, rm } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createDashboardService,
  createHttpServer,
  type DashboardServiceConfig,
} from '@vitrine/dashboard-service';
import { importPublicKey, mintToken } from '@vitrine/tokens';
import { CompactEncrypt } from 'jose';
import { pino } from 'pino';
import { type TempContent, tempContent } from './temp-content.ts';

export const adminToken = 'admin-token-of-the-service-tests';
const masterKey = Uint8Array.from({ length: 32 }, (_, index) => index * 7);

/** A configuration and its public key. */
export interface Issuer {
  readonly kid: string;
  readonly secret: string;
}

/** The two headers of a session. */
export type SessionHeaders = Readonly<Record<'Authorization' | 'Initialiser', string>>;

/** The service over real HTTP, on a copy of the fixture content, with real tokens. */
export interface TestService {
  readonly url: string;
  /** Headers of the admin plane. */
  readonly admin: Readonly<Record<'Authorization', string>>;
  readonly content: TempContent;
  readonly logLines: readonly Record<string, unknown>[];
  /** Every route the app answers on, `method path`, and each static folder. Routers below a prefix give the rest alone. */
  readonly routes: readonly string[];
  /** What stands behind the listener. */
  readonly app: RequestListener;
  refresh(): Promise<void>;
  issuer(settings?: Readonly<Record<string, unknown>>): Promise<Issuer>;
  mint(issuer: Issuer, claims: unknown): Promise<string>;
  /** A token as any holder of the key can make it: only its structure has been checked. */
  mintWithoutChecks(issuer: Issuer, claims: object): Promise<string>;
  /** A token in which nothing at all has been checked: claims as a value, or any text. */
  rawToken(issuer: Issuer, claims: object | string, zip?: boolean): Promise<string>;
  /** The answer of the exchange. */
  exchange(token: string, more?: Readonly<Record<string, unknown>>): Promise<Response>;
  /** A session of a token with these claims; throws where it is refused. */
  open(
    claims: object,
    issuer?: Issuer,
    more?: Readonly<Record<string, unknown>>,
  ): Promise<SessionHeaders>;
  call(path: string, headers?: Readonly<Record<string, string>>, body?: unknown): Promise<Response>;
  /** From now on not ready. */
  drain(): void;
  stop(): Promise<void>;
}

const admin = { Authorization: `Bearer ${adminToken}` };

export async function startService(
  overrides: Partial<DashboardServiceConfig> = {},
  prepare: (content: TempContent) => Promise<void> = async () => undefined,
): Promise<TestService> {
  const content = await tempContent();
  await prepare(content);
  const stateDir = await mkdtemp(join(tmpdir(), 'vitrine-state-'));
  const logLines: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line) => void logLines.push(JSON.parse(line)) });
  const service = await createDashboardService({
    contentDir: content.folder,
    stateDir,
    masterKey,
    adminToken,
    log,
    ...overrides,
  });
  await service.opened;
  const server = createHttpServer(service.listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const call: TestService['call'] = (path, headers = {}, body) =>
    fetch(`${url}${path}`, {
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  const issuer: TestService['issuer'] = async (settings = {}) => {
    const body = { name: 'Test', profile: 'strict', ...settings };
    const response = await call('/api/v1/wat/configurations', admin, body);
    if (response.status !== 201) throw new Error(await response.text());
    return (await response.json()) as Issuer;
  };
  const mint: TestService['mint'] = async ({ kid, secret }, claims) => {
    const header = { typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', zip: 'DEF', kid };
    const body = { header, payload: claims, secret };
    const response = await call('/api/v1/wat/generate', admin, body);
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text.trim();
  };
  const exchange: TestService['exchange'] = (webAccessToken, more = {}) =>
    call('/api/v1/wat/sessionToken', {}, { webAccessToken, ...more });
  let compatible: Promise<Issuer> | undefined;
  return {
    url,
    admin,
    routes: routesOf(service.app.router),
    app: service.app,
    content,
    logLines,
    call,
    issuer,
    mint,
    mintWithoutChecks: ({ kid, secret }, claims) =>
      mintToken(JSON.stringify(claims), { kid, publicKey: secret, profile: 'compatible' }),
    rawToken: async ({ kid, secret }, claims, zip = true) =>
      new CompactEncrypt(
        new TextEncoder().encode(typeof claims === 'string' ? claims : JSON.stringify(claims)),
      )
        .setProtectedHeader({
          ...{ typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', kid },
          ...(zip && { zip: 'DEF' }),
        })
        .encrypt(await importPublicKey(secret)),
    exchange,
    refresh: () => service.refreshContent(),
    open: async (claims, by, more) => {
      compatible ??= issuer({ profile: 'compatible' });
      const used = by ?? (await compatible);
      const exp = Math.floor(Date.now() / 1000) + 600;
      const response = await exchange(await mint(used, { exp, ...claims }), more);
      const answer = (await response.json()) as { webSessionToken?: string; initialiser?: string };
      const { webSessionToken: Authorization, initialiser: Initialiser } = answer;
      if (!Authorization || !Initialiser) throw new Error(JSON.stringify(answer));
      return { Authorization, Initialiser };
    },
    drain: () => service.drain(),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await service.close();
      await content.dispose();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

interface Layer {
  readonly name: string;
  readonly route?: {
    readonly path: string | readonly string[];
    readonly stack: readonly { readonly method?: string }[];
  };
  readonly handle: { readonly stack?: readonly Layer[] };
}

function routesOf(router: unknown): string[] {
  const { stack = [] } = router as { stack?: readonly Layer[] };
  const found = stack.flatMap(({ name, route, handle }) => {
    if (name === 'serveStatic') return ['static'];
    if (!route) return handle.stack ? routesOf(handle) : [];
    const methods = new Set(route.stack.map(({ method = 'all' }) => method));
    return [route.path].flat().flatMap((path) => [...methods].map((method) => `${method} ${path}`));
  });
  return [...new Set(found)];
}
