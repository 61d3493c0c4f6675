import { duckDbDialect } from '@vitrine/jaql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import type { Engine, EngineQuery, EngineRows } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import { QueryRunner, type ReaderQuery } from './query-runner.ts';

interface Call extends EngineQuery {
  readonly answer: (rows: EngineRows['rows']) => void;
  readonly fail: (error: unknown) => void;
}

/** An engine whose queries end when the test says so, or when they are aborted. */
function handEngine() {
  const calls: Call[] = [];
  const engine: Engine = {
    dialect: duckDbDialect,
    query: (query) =>
      new Promise((resolve, reject) => {
        calls.push({
          ...query,
          answer: (rows) => resolve({ rows, truncated: false }),
          fail: reject,
        });
        query.signal?.addEventListener('abort', () =>
          reject(new EngineError('query_cancelled', 'cancelled')),
        );
      }),
    close: async () => undefined,
  };
  return { engine, calls };
}

const query = (more: Partial<ReaderQuery> = {}): ReaderQuery => ({
  text: 'select $1',
  params: [{ type: 'text', value: 'acme' }],
  maxRows: 10,
  timeoutMs: 1000,
  source: 'Sales 1',
  keepMs: Number.POSITIVE_INFINITY,
  owner: 'a',
  ...more,
});
const settle = () => vi.advanceTimersByTimeAsync(0);
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'answered',
    (error: EngineError) => error.code,
  );

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('QueryRunner', () => {
  it(
    verifies('DATA-4', 'runs the same query once for all who wait, and keeps its rows'),
    async () => {
      const { engine, calls } = handEngine();
      const runner = new QueryRunner();
      const readers = ['a', 'b', 'c'].map((owner) => runner.run(engine, query({ owner })));
      await settle();
      expect(calls).toHaveLength(1);
      calls[0]?.answer([['x']]);
      const served = await Promise.all(readers);
      expect(served.map(({ from }) => from)).toEqual(['engine', 'joined', 'joined']);
      const again = await runner.run(engine, query());
      expect(again).toMatchObject({ from: 'cache', answer: { rows: [['x']] } });
      expect(calls).toHaveLength(1);
    },
  );

  const others: readonly (readonly [string, Partial<ReaderQuery>])[] = [
    ['statement', { text: 'select $1 ' }],
    ['value', { params: [{ type: 'text', value: 'globex' }] }],
    ['type', { params: [{ type: 'integer', value: 'acme' }] }],
    ['list for a value', { params: [{ type: 'text', list: ['acme'] }] }],
    ['number of parameters', { params: [] }],
    ['row limit', { maxRows: 11 }],
    ['source or version', { source: 'Sales 2' }],
  ];
  it.each(others)(
    verifies('D-5 DATA-2', 'takes queries with another %s for different ones'),
    async (_what, change) => {
      const { engine, calls } = handEngine();
      const runner = new QueryRunner();
      const first = runner.run(engine, query());
      const second = runner.run(engine, query(change));
      await settle();
      expect(calls).toHaveLength(2);
      calls[0]?.answer([['first']]);
      calls[1]?.answer([['second']]);
      expect((await first).answer.rows).toEqual([['first']]);
      expect((await second).answer.rows).toEqual([['second']]);
      expect((await runner.run(engine, query(change))).answer.rows).toEqual([['second']]);
    },
  );

  it('keeps no failure', async () => {
    const { engine, calls } = handEngine();
    const runner = new QueryRunner();
    const failed = codeOf(runner.run(engine, query()));
    await settle();
    calls[0]?.fail(new EngineError('query_failed', 'failed'));
    expect(await failed).toBe('query_failed');
    const second = runner.run(engine, query());
    await settle();
    calls[1]?.answer([]);
    expect((await second).from).toBe('engine');
  });

  it(
    verifies('DATA-4', 'goes on for the others when one leaves, and ends with the last'),
    async () => {
      const { engine, calls } = handEngine();
      const runner = new QueryRunner();
      const [one, two] = [new AbortController(), new AbortController()];
      const first = codeOf(runner.run(engine, query({ signal: one.signal })));
      const second = codeOf(runner.run(engine, query({ signal: two.signal })));
      await settle();
      one.abort();
      expect(await first).toBe('query_cancelled');
      expect(calls[0]?.signal?.aborted).toBe(false);
      two.abort();
      expect(await second).toBe('query_cancelled');
      expect(calls[0]?.signal?.aborted).toBe(true);
      // The next one begins anew: it must not join what has ended.
      void codeOf(runner.run(engine, query()));
      await settle();
      expect(calls).toHaveLength(2);
    },
  );

  it(verifies('DATA-4', 'holds each reader to his own time, waiting included'), async () => {
    const { engine, calls } = handEngine();
    const runner = new QueryRunner();
    const early = codeOf(runner.run(engine, query()));
    await vi.advanceTimersByTimeAsync(900);
    const late = codeOf(runner.run(engine, query()));
    await vi.advanceTimersByTimeAsync(100);
    expect(await early).toBe('query_timeout');
    expect(calls[0]?.signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(900);
    expect(await late).toBe('query_timeout');
    expect(calls).toHaveLength(1);
    expect(calls[0]?.signal?.aborted).toBe(true);
  });

  it('joins no run that will be given up before the reader', async () => {
    const { engine, calls } = handEngine();
    const runner = new QueryRunner();
    void codeOf(runner.run(engine, query()));
    await settle();
    void codeOf(runner.run(engine, query({ timeoutMs: 3000 })));
    await settle();
    expect(calls).toHaveLength(2);
  });

  it(verifies('DATA-4', 'refuses what is beyond the lines, and lets others in'), async () => {
    const { engine, calls } = handEngine();
    const limits = { running: 4, runningPerOwner: 1, waitingPerOwner: 1 };
    const runner = new QueryRunner({ limits });
    const ask = (nth: number, owner: string) =>
      codeOf(runner.run(engine, query({ text: `select ${nth}`, owner })));
    void ask(1, 'a');
    void ask(2, 'a');
    expect(await ask(3, 'a')).toBe('overloaded');
    void ask(4, 'b');
    await settle();
    expect(calls.map(({ text }) => text)).toEqual(['select 1', 'select 4']);
    expect(runner.stats).toMatchObject({ running: 2, waiting: 1 });
  });

  it('lets a reader with room begin what waits in the line of another', async () => {
    const { engine, calls } = handEngine();
    const runner = new QueryRunner({ limits: { runningPerOwner: 1 } });
    void codeOf(runner.run(engine, query({ text: 'select 1' })));
    void codeOf(runner.run(engine, query({ text: 'select 2' })));
    await settle();
    expect(calls).toHaveLength(1);
    void codeOf(runner.run(engine, query({ text: 'select 2', owner: 'b' })));
    await settle();
    expect(calls.map(({ text }) => text)).toEqual(['select 1', 'select 2']);
  });

  it('frees the place of a query that left while it waited', async () => {
    const { engine, calls } = handEngine();
    const runner = new QueryRunner({ limits: { running: 1 } });
    void codeOf(runner.run(engine, query({ text: 'select 1' })));
    const gone = new AbortController();
    const left = codeOf(runner.run(engine, query({ text: 'select 2', signal: gone.signal })));
    await settle();
    gone.abort();
    expect(await left).toBe('query_cancelled');
    expect(runner.stats.waiting).toBe(0);
    calls[0]?.answer([]);
    await settle();
    expect(calls).toHaveLength(1);
    expect(runner.stats.running).toBe(0);
  });
});
