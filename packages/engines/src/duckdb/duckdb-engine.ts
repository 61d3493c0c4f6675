import { duckDbDialect } from '@vitrine/jaql';
import type { Engine, EngineQuery, EngineRows } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import type { DatabaseOptions } from './messages.ts';
import { QueryProcess } from './query-process.ts';
import { poolThreads } from './start-child.ts';

/** One data source on one child process, which is started again when a query finds it ended. */
export class DuckDbEngine implements Engine {
  readonly dialect = duckDbDialect;
  readonly isSnapshot = true;
  readonly #options: DatabaseOptions;
  readonly #line: (() => void)[] = [];
  #process: Promise<QueryProcess>;
  #running = 0;
  #isClosed = false;

  private constructor(options: DatabaseOptions, process: QueryProcess) {
    this.#options = options;
    this.#process = Promise.resolve(process);
  }

  /** Opens a database. Code `source_unavailable`. */
  static async open(options: DatabaseOptions): Promise<DuckDbEngine> {
    return new DuckDbEngine(options, await QueryProcess.start(options));
  }

  async query({ timeoutMs, signal, ...query }: EngineQuery): Promise<EngineRows> {
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(tooLong()), timeoutMs);
    const onAbort = () => limit.abort(cancelled());
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
    try {
      return await this.#inTurn(async () => {
        const process = await this.#liveProcess();
        limit.signal.throwIfAborted();
        return process.run(query, limit.signal);
      }, limit.signal);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const process = await this.#process.catch(() => undefined);
    await process?.stop();
  }

  async #liveProcess(): Promise<QueryProcess> {
    const process = await this.#process.catch(() => undefined);
    if (this.#isClosed) throw closed();
    if (process !== undefined && !process.hasEnded) return process;
    return this.#restart(process);
  }

  /** Many queries may find the process ended; the first of them starts the next one. */
  async #restart(seen: QueryProcess | undefined): Promise<QueryProcess> {
    const current = await this.#process.catch(() => undefined);
    if (this.#isClosed) throw closed();
    if (current === seen) this.#process = QueryProcess.start(this.#options);
    return this.#process;
  }

  /** At most as many at once as the child has threads for: a waiting query must not hold up an interrupt. */
  async #inTurn<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    if (this.#running >= poolThreads) await this.#waitInLine(signal);
    else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#line.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  async #waitInLine(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const leave = () => {
      this.#line.splice(this.#line.indexOf(resolve), 1);
      reject(signal.reason);
    };
    this.#line.push(resolve);
    signal.addEventListener('abort', leave, { once: true });
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }
}

function tooLong(): EngineError {
  return new EngineError('query_timeout', 'The query took too long.');
}

function cancelled(): EngineError {
  return new EngineError('query_cancelled', 'The query was cancelled.');
}

function closed(): EngineError {
  return new EngineError('source_unavailable', 'The engine is closed.');
}
