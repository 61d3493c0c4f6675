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
async function serve(
  answer: Parameters<typeof sessionRoute>[1],
  authenticate = async () => ({ id: 'session' }),
): Promise<string> {
  const services = {
    tokens: { authenticate },
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
    const url = await serve(({ data: { signal } }) => {
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

  it(
    verifies('DATA-4', 'begins aborted where the caller went away before it was known'),
    async () => {
      const leave = new AbortController();
      const held = Promise.withResolvers<AbortSignal>();
      const url = await serve(
        async ({ data, response }) => {
          held.resolve(data.signal);
          response.end();
        },
        async () => {
          leave.abort();
          await new Promise((resolve) => setTimeout(resolve, 200));
          return { id: 'session' };
        },
      );
      expect(await fetch(url, { signal: leave.signal }).catch(() => 'left')).toBe('left');
      expect((await held.promise).aborted).toBe(true);
    },
  );

  it('does not abort a call that was answered', async () => {
    let held: AbortSignal | undefined;
    const url = await serve(({ data, response }) => {
      held = data.signal;
      response.json({});
    });
    await (await fetch(url)).json();
    await new Promise((resolve) => setImmediate(resolve));
    expect(held?.aborted).toBe(false);
  });
});
