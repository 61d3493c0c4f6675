import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { maxConnectionsPerAddress } from './create-http-server.ts';

const attackers = 4;
const perAttacker = 250;
const half = `GET /${'a'.repeat(300_000)}`;
const mostBytes = 512 * 1_048_576;

let child: ChildProcess;
let port: number;
beforeAll(async () => {
  child = fork(fileURLToPath(new URL('../testing/measured-server.ts', import.meta.url)));
  [port] = await once(child, 'message');
});
afterAll(() => {
  child.kill();
});

/** A connection from an address of the loopback network, its closing counted. */
function open(localAddress: string, closed: () => void, text?: string): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress }, () => {
      if (text === undefined) resolve(socket);
      else socket.write(text, () => resolve(socket));
    });
    socket.resume();
    socket.on('error', () => resolve(socket));
    socket.once('close', closed);
  });
}

/** The most that the process ever held, bytes. */
async function peakMemory(): Promise<number> {
  return Number(await (await fetch(`http://127.0.0.1:${port}/`)).text());
}

describe('the listener', () => {
  it(
    verifies('F-3 F-4', 'lets one address hold so many connections, and others go on'),
    async () => {
      let closed = 0;
      const more = 50;
      const { promise: refused, resolve } = Promise.withResolvers<void>();
      const sockets = await Promise.all(
        Array.from({ length: maxConnectionsPerAddress + more }, () =>
          open('127.0.0.9', () => {
            closed += 1;
            if (closed === more) resolve();
          }),
        ),
      );
      await refused;
      expect(await peakMemory()).toBeGreaterThan(0);
      expect(closed).toBe(more);
      for (const socket of sockets) socket.destroy();
    },
  );

  it(
    verifies('F-3', 'survives 1,000 half requests of 300 kB, and is rid of them within 12 s'),
    async () => {
      let left = attackers * perAttacker;
      const { promise: gone, resolve } = Promise.withResolvers<void>();
      await Promise.all(
        Array.from({ length: left }, (_, nth) =>
          open(
            `127.0.0.${10 + (nth % attackers)}`,
            () => {
              left -= 1;
              if (left === 0) resolve();
            },
            half,
          ),
        ),
      );
      const opened = performance.now();
      // The cap on all connections leaves no room for this one until the first half request is gone.
      await gone;
      expect(performance.now() - opened).toBeLessThan(12_000);
      const peak = await peakMemory();
      expect(peak).toBeLessThan(mostBytes);
    },
  );
});
