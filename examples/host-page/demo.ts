/**
 * The whole demo in one command: the dashboard service on one origin, this host page on another, two configurations between
 * them, and a share link. Ports: `PORT` (4700) and `HOST_PAGE_PORT` (4710).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { mintToken } from '@vitrine/tokens';
import { createBackend } from './backend.ts';
import { flightOperations, places } from './tenants.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const port = Number(process.env.PORT ?? 4700);
const hostPagePort = Number(process.env.HOST_PAGE_PORT ?? 4710);
const serviceUrl = `http://127.0.0.1:${port}`;
const hostUrl = `http://localhost:${hostPagePort}`;
const stateDir = process.env.STATE_DIR ?? join(root, '.vitrine/state');
const keysFile = join(stateDir, 'demo-keys.json');

const main = join(root, 'packages/dashboard-service/dist/main.js');
const service = spawn(process.execPath, ['--conditions=compiled', main], {
  cwd: root,
  env: {
    ...process.env,
    PORT: String(port),
    STATE_DIR: stateDir,
    CONTENT_DIR: join(root, 'examples/content'),
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  },
  stdio: ['ignore', 'pipe', 'inherit'],
});
createInterface(service.stdout).on('line', report);
service.on('exit', (code) => {
  console.error(`The dashboard service ended with exit code ${code}.`);
  process.exit(1);
});

await ready(`${serviceUrl}/readyz`);
const keys = await demoKeys();
const host = createBackend({ serviceUrl, ...keys.host }).listen(hostPagePort, 'localhost');
await once(host, 'listening');

const link = await mintToken(
  { ...places.operations, trc: ['share-link'], exp: Math.floor(Date.now() / 1000) + 7 * 86_400 },
  keys.links,
);
console.log(`
  Host page     ${hostUrl}
  Share link    ${serviceUrl}/wat/${link}/app/main#/dashboards/${flightOperations}
  Admin token   ${process.env.ADMIN_TOKEN ? 'the one in ADMIN_TOKEN' : join(stateDir, 'admin-token')}

  Ctrl+C stops it.
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    service.removeAllListeners('exit').on('exit', () => process.exit(0));
    service.kill('SIGTERM');
    host.close();
  });
}

/** The service logs JSON lines; the demo shows what a person at the terminal should know. */
function report(line: string): void {
  try {
    const { level, msg, path } = JSON.parse(line);
    if (level >= 40) console.log(`  ${msg}${path ? ` (${path})` : ''}`);
  } catch {
    console.log(line);
  }
}

interface Key {
  readonly kid: string;
  readonly publicKey: string;
}

/** The secret of a configuration is shown once: the demo keeps its two beside the state they belong to. */
async function demoKeys(): Promise<{ host: Key; links: Key }> {
  if (existsSync(keysFile)) {
    const kept = JSON.parse(readFileSync(keysFile, 'utf8'));
    if (await knows(kept.host.kid)) return kept;
  }
  const made = {
    host: await createConfiguration({ name: 'Host page', origins: [hostUrl], linksAllowed: false }),
    links: await createConfiguration({
      name: 'Share links',
      origins: [hostUrl],
      linksAllowed: true,
      maxTokenLifetimeSeconds: 30 * 86_400,
    }),
  };
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(keysFile, JSON.stringify(made), { mode: 0o600 });
  return made;
}

async function createConfiguration(settings: object): Promise<Key> {
  const response = await admin('', {
    method: 'POST',
    body: JSON.stringify({ profile: 'strict', ...settings }),
  });
  if (!response.ok)
    throw new Error(`No configuration: ${response.status} ${await response.text()}`);
  const { kid, secret } = (await response.json()) as { kid: string; secret: string };
  return { kid, publicKey: secret };
}

async function knows(kid: string): Promise<boolean> {
  const response = await admin(`/${kid}`, {});
  return response.ok && ((await response.json()) as { enabled: boolean }).enabled;
}

function admin(path: string, init: RequestInit): Promise<Response> {
  const token =
    process.env.ADMIN_TOKEN ?? readFileSync(join(stateDir, 'admin-token'), 'utf8').trim();
  return fetch(`${serviceUrl}/api/v1/wat/configurations${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });
}

async function ready(url: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No answer from ${url} within a minute.`);
}
