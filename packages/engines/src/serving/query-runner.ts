/**
 * Between readers and engines:
 *
 *   statement with the rights inside → key → kept result?   → answer
 *                                          → same one under way? → wait with its readers
 *                                          → line of the reader → engine → keep
 *
 * The key is all that an engine gets to see. Whatever else may decide about rows has to be in `source` or in the statement.
 */
import { createHash } from 'node:crypto';
import type { Engine, EngineQuery } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import { FairQueue, type QueueLimits, Ticket } from './fair-queue.ts';
import { type Answer, type Origin, ResultCache, type ResultCacheOptions } from './result-cache.ts';

export interface QueryRunnerOptions {
  readonly cache?: ResultCacheOptions;
  /** Default: 16 run at once, 4 of one owner; 1,000 wait, 256 of one owner. */
  readonly limits?: Partial<QueueLimits>;
}

/** One reader's query. */
export interface ReaderQuery extends EngineQuery, Origin {
  /** In whose line it waits: a session. */
  readonly owner: string;
}

/** An answer, and how the reader came to it. */
export interface Served {
  readonly answer: Answer;
  readonly from: 'cache' | 'joined' | 'engine';
}

interface Run {
  readonly ticket: Ticket;
  readonly result: Promise<Answer>;
  readonly stop: AbortController;
  /** When the engine gives it up, by the monotonic clock. */
  readonly endsAt: number;
  readers: number;
  /** At the engine: there is nothing left to stop. */
  hasEnded: boolean;
}

const defaultLimits: QueueLimits = {
  running: 16,
  runningPerOwner: 4,
  waiting: 1_000,
  waitingPerOwner: 256,
};

/** Runs queries of many readers: kept results, one run for the same query, fair turns. */
export class QueryRunner {
  readonly #cache: ResultCache;
  readonly #queue: FairQueue;
  readonly #runs = new Map<string, Run>();

  constructor({ cache, limits }: QueryRunnerOptions = {}) {
    this.#cache = new ResultCache(cache);
    this.#queue = new FairQueue({ ...defaultLimits, ...limits });
  }

  /** Figures of this moment; `evictions` since the start. */
  get stats() {
    const { bytes, evictions } = this.#cache;
    const { running, waiting } = this.#queue;
    return { bytes, evictions, running, waiting };
  }

  /**
   * Codes: those of `Engine.query`, and `overloaded` where too many queries wait. A reader who leaves, by signal or time-out,
   * takes nothing from the others of the same run; the last one ends it.
   */
  async run(engine: Engine, query: ReaderQuery): Promise<Served> {
    if (query.signal?.aborted) throw cancelled();
    const key = keyOf(engine, query);
    const kept = query.keepMs > 0 ? this.#cache.get(key) : undefined;
    if (kept) return { answer: kept, from: 'cache' };
    const known = this.#runs.get(key);
    // A run must be able to last as long as the reader would wait.
    const isJoined = known !== undefined && known.endsAt >= performance.now() + query.timeoutMs;
    const run = isJoined ? known : this.#start(engine, query, key);
    const hasTurn = this.#queue.add(run.ticket, query.owner);
    if (!hasTurn && !isJoined) {
      this.#forget(key, run);
      throw new EngineError('overloaded', 'Too many queries wait.');
    }
    return { answer: await this.#attend(run, query, key), from: isJoined ? 'joined' : 'engine' };
  }

  /** Forgets the kept results of all other data sources. */
  retain(sources: ReadonlySet<string>): void {
    this.#cache.dropAllBut(sources);
  }

  #start(engine: Engine, query: ReaderQuery, key: string): Run {
    const { text, params, maxRows, source, keepMs } = query;
    const stop = new AbortController();
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    // Who joins late may still wait for the whole of his own time.
    const timeoutMs = 2 * query.timeoutMs;
    const end = () => {
      run.hasEnded = true;
      this.#forget(key, run);
    };
    const begin = () =>
      engine
        .query({ text, params, maxRows, timeoutMs, signal: stop.signal })
        .finally(end)
        .then((rows) => resolve(this.#cache.keep(key, rows, { source, keepMs })))
        .catch(reject);
    const run: Run = {
      ticket: new Ticket(begin),
      result: promise,
      stop,
      endsAt: performance.now() + timeoutMs,
      readers: 0,
      hasEnded: false,
    };
    this.#runs.set(key, run);
    return run;
  }

  async #attend(run: Run, { timeoutMs, signal }: ReaderQuery, key: string): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const leave = () => reject(cancelled());
    const timer = setTimeout(
      () => reject(new EngineError('query_timeout', 'The query took too long.')),
      timeoutMs,
    );
    signal?.addEventListener('abort', leave, { once: true });
    run.result.then(resolve, reject);
    run.readers += 1;
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
      run.readers -= 1;
      if (run.readers === 0 && !run.hasEnded) {
        this.#forget(key, run);
        this.#queue.leave(run.ticket);
        run.stop.abort(cancelled());
      }
    }
  }

  #forget(key: string, run: Run): void {
    if (this.#runs.get(key) === run) this.#runs.delete(key);
  }
}

function cancelled(): EngineError {
  return new EngineError('query_cancelled', 'The query was cancelled.');
}

function keyOf({ dialect }: Engine, { source, text, params, maxRows }: ReaderQuery): string {
  const values = params.map((param) => [
    param.type,
    'list' in param ? param.list.map(String) : String(param.value),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([source, dialect.name, text, values, maxRows]))
    .digest('base64');
}
