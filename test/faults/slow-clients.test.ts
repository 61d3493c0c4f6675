import { readFileSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { type RunningService, startService } from '../harness/start-service.ts';
import { verifies } from '../verifies.ts';
import { mintWats } from './open-load.ts';
import { tinyContent } from './tiny-content.ts';

const contentDir = tinyContent();
afterAll(() => rmSync(contentDir, { recursive: true }));

/** What the whole process may take while strangers hold half requests of 300 kB, bytes. */
const mostBytes = 832 * 1_048_576;
/** They are gone within 12 s on a quiet machine; Node's own time-out would take 60. */
const mostSeconds = 30;
const addresses = 12;

/** The most memory the process ever held, bytes (proc(5)). */
function peakMemory({ pid }: RunningService): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s{1,20}(\d{1,12}) kB/.exec(status)?.[1]) * 1024;
}

/** Connections from many addresses of the loopback network that send these bytes, and more of them each second. */
function attack(url: string, sockets: number, text: string, drip = '') {
  const { port } = new URL(url);
  let held = sockets;
  const { promise: gone, resolve } = Promise.withResolvers<void>();
  const all: Socket[] = Array.from({ length: sockets }, (_, nth) => {
    const localAddress = `127.0.1.${1 + (nth % addresses)}`;
    const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress });
    socket.write(text);
    socket.resume();
    socket.on('error', () => undefined);
    socket.once('close', () => {
      held -= 1;
      if (held === 0) resolve();
    });
    return socket;
  });
  const timer = setInterval(() => {
    for (const socket of all) if (drip !== '' && socket.writable) socket.write(drip);
  }, 1000);
  onTestFinished(() => {
    clearInterval(timer);
    for (const socket of all) socket.destroy();
  });
  return gone;
}

/** A reader whose connection was open before: asks again and again until told to stop; answers how often it was served. */
async function reader(service: RunningService) {
  const [token] = await mintWats(await service.createConfiguration(), 1);
  const opened = await fetch(`${service.url}/api/v1/wat/sessionToken`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ webAccessToken: token }),
  });
  const { webSessionToken: authorization, initialiser } = await opened.json();
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const ask = () =>
    new Promise<number>((resolve, reject) => {
      const headers = { authorization, initialiser };
      get(`${service.url}/api/v1/session`, { agent, headers }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      }).once('error', reject);
    });
  await ask();
  let isStopped = false;
  const statuses: number[] = [];
  const running = (async () => {
    while (!isStopped) statuses.push(await ask());
  })();
  return async () => {
    isStopped = true;
    await running;
    return statuses;
  };
}

describe('strangers who send slowly', () => {
  const half = `GET /${'a'.repeat(300_000)}`;

  it.each([
    ['1,000 half requests of 300 kB', 1000, half, ''],
    ['3,000 half requests of 300 kB', 3000, half, ''],
    [
      '2,000 sockets that send a header a second',
      2000,
      'GET / HTTP/1.1\r\nHost: x\r\n',
      'X: y\r\n',
    ],
  ])(
    verifies('F-3 F-4', 'cost bounded memory, are cut off, and hold up no reader: %s'),
    { timeout: 90_000 },
    async (_what, sockets, text, drip) => {
      const service = await startService({ contentDir, env: { LOG_LEVEL: 'warn' } });
      onTestFinished(service.stop);
      const stop = await reader(service);
      const startedAt = performance.now();
      await attack(service.url, sockets, text, drip);
      expect(performance.now() - startedAt).toBeLessThan(mostSeconds * 1000);
      const statuses = await stop();
      expect(statuses.length).toBeGreaterThan(50);
      expect(new Set(statuses)).toEqual(new Set([200]));
      expect(peakMemory(service)).toBeLessThan(mostBytes);
      expect((await fetch(`${service.url}/readyz`)).status).toBe(200);
    },
  );
});
