import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { tempContent } from '../../test/temp-content.ts';
import { createDashboardService, type DashboardService } from '../create-dashboard-service.ts';

const canary = 's3cret-word';
const adminToken = 'admin-token-of-the-fault-tests';

interface Layer {
  readonly route?: { readonly path: string | readonly string[]; readonly stack: Step[] };
  readonly handle: { readonly stack?: readonly Layer[] };
}
interface Step {
  readonly method?: string;
  handle: () => unknown;
}

describe('a fault in a handler', () => {
  let content: Awaited<ReturnType<typeof tempContent>>;
  let stateDir: string;
  let service: DashboardService;
  let server: Server;
  let url: string;
  const routes: { readonly name: string; readonly step: Step }[] = [];

  /** Every route, and the step in which its own work is done. */
  function collect(router: unknown): void {
    for (const { route, handle } of (router as { stack?: readonly Layer[] }).stack ?? []) {
      const step = route?.stack.at(-1);
      if (route && step) {
        routes.push({ name: `${step.method} ${[route.path].flat()[0]}`, step });
      } else if (handle.stack) collect(handle);
    }
  }

  beforeAll(async () => {
    content = await tempContent();
    stateDir = await mkdtemp(join(tmpdir(), 'vitrine-fault-'));
    service = await createDashboardService({
      ...{ contentDir: content.folder, stateDir, adminToken, log: pino({ level: 'silent' }) },
      masterKey: Uint8Array.from({ length: 32 }, (_, index) => index),
    });
    collect(service.app.router);
    server = service.app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await service.close();
    await content.dispose();
    await rm(stateDir, { recursive: true });
  });

  it(verifies('I-3 OPS-4', 'is a 500 for that request alone, in each of them'), async () => {
    const open = routes.filter(({ step }) => step.method === 'get' || step.method === 'post');
    expect(routes.length).toBeGreaterThan(30);
    let failed = 0;
    for (const { name, step } of routes) {
      const handle = step.handle;
      const [method = '', path = ''] = name.split(' ');
      const isAdmin = ['/generate', '/test'].includes(path) || /^\/(?:conf|revoc)/.test(path);
      const prefix =
        path.startsWith('/api/') || /^\/(?:wat|embed|metrics|healthz|readyz)/.test(path);
      const whole = prefix
        ? path
        : `${isAdmin || path === '/sessionToken' ? '/api/v1/wat' : '/api/v1/sessions'}${path}`;
      const ask = () =>
        fetch(url + whole.replaceAll(/:\w+/g, 'a'.repeat(24)).replace(/\/$/, ''), {
          method: method.toUpperCase(),
          headers: { Authorization: `Bearer ${adminToken}`, 'Content-Type': 'application/json' },
          ...(method === 'post' || method === 'patch' ? { body: '{}' } : {}),
        });
      for (const fault of [
        () => {
          throw new Error(canary);
        },
        () => Promise.reject(new TypeError(canary)),
      ]) {
        step.handle = fault;
        const answer = await ask();
        const text = await answer.text();
        expect(text, name).not.toContain(canary);
        if (answer.status === 500) {
          failed += 1;
          expect(JSON.parse(text), name).toMatchObject({ code: 'server_error' });
        } else expect(answer.status, name).toBe(401);
      }
      step.handle = handle;
    }
    // Routes of the viewer plane refuse before their handler, where there is no session.
    expect(failed).toBeGreaterThanOrEqual(2 * 20);
    expect(open.length).toBeGreaterThan(20);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });
});

describe('a fault that nothing catches', () => {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));

  it.each([
    ['rejects', 'Promise.reject(new Error(word))'],
    ['is thrown', 'setImmediate(() => { throw new Error(word) })'],
  ])(
    verifies('I-3', 'ends the process in order, with a line in the log: it %s'),
    async (_how, statement) => {
      const content = await tempContent();
      const stateDir = await mkdtemp(join(tmpdir(), 'vitrine-fault-'));
      const word = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQ';
      const plant = `process.once('SIGUSR2', () => { const word = '${word}'; ${statement} });`;
      const child = spawn(
        process.execPath,
        ['--import', `data:text/javascript,${encodeURIComponent(plant)}`, main],
        { env: { STATE_DIR: stateDir, CONTENT_DIR: content.folder, PORT: '0' } },
      );
      let output = '';
      const started = Promise.withResolvers<void>();
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          output += chunk;
          if (output.includes('"listening"')) started.resolve();
        });
      }
      await started.promise;
      child.kill('SIGUSR2');
      const [code] = await once(child, 'exit');
      expect(code).toBe(1);
      expect(output).toContain('"event":"fault"');
      expect(output).toContain('"event":"stopped"');
      expect(output).not.toContain(word);
      await content.dispose();
      await rm(stateDir, { recursive: true });
    },
  );
});
