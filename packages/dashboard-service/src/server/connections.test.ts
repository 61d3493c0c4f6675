import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { maxConnectionsPerAddress } from './create-http-server.ts';

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
function open(localAddress: string, closed: () => void): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress }, () => resolve(socket));
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
});
