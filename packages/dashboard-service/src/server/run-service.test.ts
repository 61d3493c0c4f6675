import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { tinyContent } from '../../../../test/faults/tiny-content.ts';
import { freePort } from '../../../../test/harness/free-port.ts';
import { verifies } from '../../../../test/verifies.ts';
import { type TempContent, tempContent } from '../../test/temp-content.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
let content: TempContent;
let stateDir: string;
beforeAll(async () => {
  content = await tempContent();
  stateDir = await mkdtemp(join(tmpdir(), 'vitrine-run-'));
});
afterAll(async () => {
  await content.dispose();
  await rm(stateDir, { recursive: true });
});

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly errors: () => string;
  readonly exit: Promise<number | null>;
}

function start(environment: Record<string, string>): Started {
  const child = spawn(process.execPath, [main], { env: environment });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const exit = new Promise<number | null>((resolve) => {
    child.once('exit', resolve);
  });
  return { child, output: () => output, errors: () => errors, exit };
}

interface Line {
  readonly event?: string;
  readonly url: string;
  readonly adminUrl?: string;
  readonly adminTokenFile: string;
}

async function listening({ child, output, errors }: Started): Promise<Line> {
  for await (const _ of child.stdout ?? []) {
    const lines = output()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
    const found = lines.find(({ event }) => event === 'listening');
    if (found) return found;
  }
  throw new Error(errors());
}

describe('the process', () => {
  it(
    verifies(
      'OPS-1 OPS-3 CFG-2',
      'starts on two folders, makes its secrets, listens and stops on SIGTERM',
    ),
    async () => {
      const least = { STATE_DIR: stateDir, CONTENT_DIR: content.folder, PORT: '0' };
      const started = start({ ...least, ADMIN_PORT: '0', LOG_LEVEL: 'warn' });
      const { url, adminUrl = '', adminTokenFile } = await listening(started);
      for (const path of ['/healthz', '/readyz']) {
        expect((await fetch(`${url}${path}`)).status).toBe(200);
        expect((await fetch(`${adminUrl}${path}`)).status).toBe(200);
      }
      for (const name of ['admin-token', 'master-key', 'state.sqlite']) {
        expect((await stat(join(stateDir, name))).mode & 0o077, name).toBe(0);
      }
      const token = (await readFile(adminTokenFile, 'utf8')).trim();
      expect(started.output() + started.errors()).not.toContain(token);

      const headers = { Authorization: `Bearer ${token}` };
      for (const path of [
        '/api/v1/users',
        '/api/v1/wat/configurations',
        '/api/v1/sessions',
        '/api/v1/content/errors',
      ]) {
        expect((await fetch(`${url}${path}`, { headers })).status, path).toBe(404);
        expect((await fetch(`${adminUrl}${path}`, { headers })).status, path).toBe(200);
      }
      expect((await fetch(`${url}/api/v1/wat/sessionToken`, { method: 'DELETE' })).status).toBe(
        401,
      );
      expect((await fetch(`${adminUrl}/api/v1/session`)).status).toBe(404);
      // On a port of its own the port is the fence.
      expect((await fetch(`${url}/metrics`, { headers })).status).toBe(404);
      const metrics = await (await fetch(`${adminUrl}/metrics`)).text();
      expect(metrics).toContain('process_resident_memory_bytes');
      expect(metrics).toContain('vitrine_sessions_live 0');

      started.child.kill('SIGTERM');
      expect(await started.exit).toBe(0);
    },
  );

  it(
    verifies('OPS-1', 'stops where the reader of its log is gone, and where it reads no more'),
    async () => {
      const pipe = join(stateDir, 'log');
      const tiny = tinyContent();
      onTestFinished(() => rmSync(tiny, { recursive: true }));
      spawnSync('mkfifo', [pipe]);
      for (const isGone of [true, false]) {
        // Opened for both, so that neither end waits for the other.
        const reader = openSync(pipe, 'r+');
        const output = openSync(pipe, 'w');
        const PORT = String(await freePort());
        const least = { STATE_DIR: stateDir, CONTENT_DIR: tiny, PORT };
        const child = spawn(process.execPath, [main], {
          env: least,
          stdio: ['ignore', output, 'ignore'],
        });
        onTestFinished(() => void child.kill('SIGKILL'));
        closeSync(output);
        const exit = once(child, 'exit');
        const call = (path: string) =>
          fetch(`http://127.0.0.1:${PORT}${path}`).catch(() => undefined);
        while (!(await call('/readyz'))?.ok) await pause(50);
        if (isGone) {
          // Its next line is its last.
          await pause(300);
          closeSync(reader);
        } else {
          // More than a pipe holds.
          for (let nth = 0; nth < 60; nth += 1) await call(`/${'x'.repeat(2000)}`);
        }
        child.kill('SIGTERM');
        expect(await exit).toEqual([0, null]);
        if (!isGone) closeSync(reader);
      }
    },
  );

  it(
    verifies('OPS-1', 'answers what is under way before it stops, also while a data source opens'),
    async () => {
      const tiny = tinyContent();
      const silent = createServer((socket) => sockets.push(socket));
      const sockets: Socket[] = [];
      silent.listen(0, '127.0.0.1');
      await once(silent, 'listening');
      onTestFinished(() => {
        rmSync(tiny, { recursive: true });
        silent.close();
      });
      const columns = [{ name: 'A', column: 'a', type: 'text' }];
      const model = {
        ...{ oid: '670a00000000000000000901', title: 'Far', engine: 'postgres' },
        connection: { env: 'FAR_URL' },
        tables: [{ name: 'T', from: 't', columns }],
      };
      mkdirSync(join(tiny, 'models'));
      await writeFile(join(tiny, 'models/far.json'), JSON.stringify(model));
      const port = await freePort();
      const started = start({
        ...{ STATE_DIR: join(stateDir, 'opening'), CONTENT_DIR: tiny, PORT: String(port) },
        FAR_URL: `postgres://far@127.0.0.1:${(silent.address() as AddressInfo).port}/far`,
      });
      onTestFinished(() => void started.child.kill('SIGKILL'));
      while (sockets.length === 0) await pause(50);
      const asking = connect(port, '127.0.0.1');
      await once(asking, 'connect');
      // Half a request: it counts as under way.
      asking.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n');
      await pause(200);
      started.child.kill('SIGTERM');
      await pause(200);
      asking.write('\r\n');
      const [answer] = await once(asking.setEncoding('utf8'), 'data');
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
      for (const socket of sockets) socket.destroy();
      expect(await started.exit).toBe(0);
      expect(started.output()).toContain('"event":"stopped"');
      expect(started.output()).not.toContain('"event":"listening"');
    },
  );

  it.each([
    ['STATE_DIR', {}],
    ['STATE_DIR', { STATE_DIR: fileURLToPath(import.meta.url) }],
    ['STATE_DIR', { STATE_DIR: `${fileURLToPath(import.meta.url)}/state` }],
    ['CONTENT_DIR', { CONTENT_DIR: '/nowhere' }],
    ['MASTER_KEY', { MASTER_KEY: 'short' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://x' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://vitrine:s3cret-word@127.0.0.1:1/state' }],
  ])(verifies('E-2', 'does not start with a wrong %s, and says so'), async (variable, change) => {
    const least = {
      CONTENT_DIR: content.folder,
      ...(variable === 'STATE_DIR' ? {} : { STATE_DIR: stateDir }),
      PORT: '0',
    };
    const started = start({ ...least, ...change });
    expect(await started.exit).toBe(1);
    expect(started.errors()).toMatch(new RegExp(`^Not started: ${variable} `));
    expect(started.errors()).not.toContain('at file:');
    expect(started.output() + started.errors()).not.toContain('s3cret-word');
  });
});
