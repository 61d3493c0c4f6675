import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface RunningService {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly adminToken: string;
  readonly stateDir: string;
  readonly pid: number;
  /** Everything the process has printed. */
  output(): string;
  /** A configuration and its secret. */
  createConfiguration(settings?: object): Promise<{ kid: string; publicKey: string }>;
  /** Ends the process at once (SIGKILL); its state folder stays. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export interface ServiceOptions {
  /** Default: the demo content. */
  readonly contentDir?: string;
  /** Default: a new one, removed by `stop`. One that is given stays. */
  readonly stateDir?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs what `npm run build` compiled, as `npm run serve` does. Default: the sources. */
  readonly compiled?: boolean;
  /** No file can grow beyond this many blocks of 512 bytes. Default: no limit. */
  readonly maxFileBlocks?: number;
}

/** The service in a process and a state folder of its own. */
export async function startService({
  contentDir,
  stateDir: givenStateDir,
  env = {},
  compiled = false,
  maxFileBlocks,
}: ServiceOptions = {}): Promise<RunningService> {
  const port = await freePort();
  const stateDir = givenStateDir ?? mkdtempSync(join(tmpdir(), 'vitrine-state-'));
  const adminToken = 'admin-token-of-a-test-run-0123456789abcdef';
  const url = `http://127.0.0.1:${port}`;
  let output = '';
  const limit = maxFileBlocks === undefined ? '' : `ulimit -f ${maxFileBlocks} && `;
  const folder = join(root, 'packages/dashboard-service');
  const main = compiled
    ? ['--conditions=compiled', join(folder, 'dist/main.js')]
    : [join(folder, 'src/main.ts')];
  const child = spawn('/bin/sh', ['-c', `${limit}exec "$@"`, 'sh', process.execPath, ...main], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      PORT: String(port),
      STATE_DIR: stateDir,
      CONTENT_DIR: contentDir ?? join(root, 'examples/content'),
      ADMIN_TOKEN: adminToken,
      LOG_LEVEL: 'info',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  await ready(`${url}/readyz`, child, () => output);

  return {
    url,
    adminToken,
    stateDir,
    pid: child.pid ?? 0,
    output: () => output,
    async createConfiguration(settings = {}) {
      const response = await fetch(`${url}/api/v1/wat/configurations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          name: 'Test',
          profile: 'compatible',
          linksAllowed: true,
          ...settings,
        }),
      });
      if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
      const { kid, secret } = (await response.json()) as { kid: string; secret: string };
      return { kid, publicKey: secret };
    },
    async kill() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      if (givenStateDir === undefined) rmSync(stateDir, { recursive: true, force: true });
    },
  };
}

async function ready(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The service ended: ${output()}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The service was not ready in time: ${output()}`);
}
