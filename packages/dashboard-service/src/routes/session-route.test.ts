import type { AddressInfo } from 'node:net';
import { problemHandler } from '@vitrine/token-service';
import express from 'express';
import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import type { Services } from './services.ts';
import { sessionRoute } from './session-route.ts';

const log = pino({ enabled: false });
let close: () => void = () => undefined;
afterEach(() => close());

/** A route whose session, content and rights are there without a store. */
async function serve(answer: Parameters<typeof sessionRoute>[1]): Promise<string> {
  const services = {
    tokens: { authenticate: async () => ({ id: 'session' }) },
    content: { current: {} },
    rights: { rightsOf: () => ({}) },
    clock: () => 0,
    log,
  } as unknown as Services;
  const app = express();
  app.get('/x', sessionRoute(services, answer));
  app.use(problemHandler);
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  close = () => void server.close();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
}

describe('sessionRoute', () => {
  it(verifies('DATA-4', 'aborts the work when the caller goes away'), async () => {
    const states: string[] = [];
    const url = await serve(({ signal }) => {
      states.push('started');
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          states.push('aborted');
          resolve();
        });
      });
    });
    const leave = new AbortController();
    const call = fetch(url, { signal: leave.signal }).catch(() => 'left');
    await vi.waitFor(() => expect(states).toEqual(['started']));
    leave.abort();
    expect(await call).toBe('left');
    await vi.waitFor(() => expect(states).toEqual(['started', 'aborted']));
  });

  it('does not abort a call that was answered', async () => {
    let held: AbortSignal | undefined;
    const url = await serve(({ signal, response }) => {
      held = signal;
      response.json({});
    });
    await (await fetch(url)).json();
    await new Promise((resolve) => setImmediate(resolve));
    expect(held?.aborted).toBe(false);
  });
});
