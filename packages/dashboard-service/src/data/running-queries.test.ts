import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { RunningQueries } from './running-queries.ts';

/** A query that ends when it is aborted. */
const endless = (signal: AbortSignal) =>
  new Promise<string>((resolve) => {
    signal.addEventListener('abort', () => resolve('cancelled'));
  });
const never = new AbortController().signal;

describe('RunningQueries', () => {
  it(verifies('DATA-4', 'cancels the named queries of a session'), async () => {
    const running = new RunningQueries();
    const one = running.run('a', 'guid', never, endless);
    const two = running.run('a', 'guid', never, endless);
    running.cancel('a', ['other', 'guid']);
    expect(await Promise.all([one, two])).toEqual(['cancelled', 'cancelled']);
  });

  it(verifies('D-14', 'cancels nothing of another session'), async () => {
    const running = new RunningQueries();
    let isCancelled = false;
    const leave = new AbortController();
    const query = running.run('a', 'guid', leave.signal, endless).then(() => {
      isCancelled = true;
    });
    running.cancel('b', ['guid']);
    await new Promise((resolve) => setImmediate(resolve));
    expect(isCancelled).toBe(false);
    leave.abort();
    await query;
  });
});
