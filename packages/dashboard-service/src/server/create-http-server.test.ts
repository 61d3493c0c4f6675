import { once } from 'node:events';
import { Agent, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { createHttpServer } from './create-http-server.ts';

let server: Server;
let port: number;
let asked = 0;
const mostAsked = 2_000;
beforeAll(async () => {
  server = createHttpServer((request, response) => {
    asked += 1;
    if (request.url === '/never') {
      if (asked === mostAsked) request.socket.destroy();
      return;
    }
    response.end(String(request.url?.length));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** What a raw request is answered with. */
function send(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

describe('createHttpServer', () => {
  it(verifies('F-2 TOK-14', 'takes a request line of 640 KiB'), async () => {
    const path = `/${'a'.repeat(640 * 1024)}`;
    const answer = await send(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([705 * 1024, 3 * 1024 * 1024])(
    verifies('F-2', 'answers a longer one of %i with 431 and a problem, not with a reset'),
    async (length) => {
      const answer = await send(`GET /${'a'.repeat(length)} HTTP/1.1\r\nHost: x\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 431 /);
      const body: unknown = JSON.parse(answer.split('\r\n\r\n')[1] ?? '');
      expect(body).toMatchObject({ code: 'request_too_long', status: 431 });
    },
  );

  it(verifies('F-5', 'refuses two lengths, and what is no request'), async () => {
    for (const text of [
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: x\r\nX\x0bY: 1\r\n\r\n',
      'HELO x\r\n\r\n',
    ]) {
      expect(await send(text)).toMatch(/^HTTP\/1\.1 400 /);
    }
  });

  it(verifies('F-3 F-4', 'answers half a request in its time, and hangs up'), async () => {
    const startedAt = performance.now();
    const answer = await send('GET / HTTP/1.1\r\nHost: x\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      code: 'request_timeout',
    });
    // Node looks every 30 s by default, and that is when those would go who are not told of earlier.
    expect(performance.now() - startedAt).toBeLessThan(25_000);
  });

  it(verifies('F-3 F-4', 'has short time-outs and a cap on connections'), () => {
    expect(server.headersTimeout).toBe(8000);
    expect(server.requestTimeout).toBe(30_000);
    expect(server.maxConnections).toBe(1000);
  });

  it(
    verifies('F-4', 'answers some requests that are sent at once, one after the other'),
    async () => {
      const one = 'GET /x HTTP/1.1\r\nHost: x\r\n\r\n';
      const last = 'GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
      const answer = await send(`${one.repeat(9)}${last}`);
      expect(answer.match(/HTTP\/1\.1 200 /g)).toHaveLength(10);
    },
  );

  it(
    verifies('F-4', 'serves many requests of a connection, each after the answer before'),
    async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let nth = 0; nth < 40; nth += 1) {
        const [response] = await once(get({ port, agent, path: '/x' }), 'response');
        response.resume();
        await once(response, 'end');
      }
      agent.destroy();
    },
  );

  it(verifies('F-4', 'cuts a connection that sends thousands and waits for none'), async () => {
    asked = 0;
    await send('GET /never HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(mostAsked)).catch(() => undefined);
    expect(asked).toBe(16);
  });
});
