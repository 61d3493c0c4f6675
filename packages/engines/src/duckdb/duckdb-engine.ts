import { duckDbDialect } from '@vitrine/jaql';
import type { Engine, EngineQuery, EngineRows } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import type { OnFault } from '../engine-fault.ts';
import { Turns } from '../turns.ts';
import { withinLimits } from '../within-limits.ts';
import type { DatabaseOptions } from './messages.ts';
import { QueryProcess } from './query-process.ts';
import { poolThreads } from './start-child.ts';

/** One data source on one child process, which is started again when a query finds it ended. */
export class DuckDbEngine implements Engine {
  readonly dialect = duckDbDialect;
  readonly isSnapshot = true;
  readonly #options: DatabaseOptions;
  readonly #onFault: OnFault | undefined;
  /** At most as many at once as the child has threads for: a waiting query must not hold up an interrupt. */
  readonly #turns = new Turns(poolThreads);
  #process: Promise<QueryProcess>;
  #isClosed = false;

  private constructor(
    options: DatabaseOptions,
    process: QueryProcess,
    onFault: OnFault | undefined,
  ) {
    this.#options = options;
    this.#onFault = onFault;
    this.#process = Promise.resolve(process);
  }

  /** Opens a database. Code `source_unavailable`. */
  static async open(options: DatabaseOptions, onFault?: OnFault): Promise<DuckDbEngine> {
    return new DuckDbEngine(options, await QueryProcess.start(options, onFault), onFault);
  }

  query({ timeoutMs, signal, ...query }: EngineQuery): Promise<EngineRows> {
    return withinLimits({ timeoutMs, ...(signal && { signal }) }, (limit) =>
      this.#turns.take(async () => {
        const process = await this.#liveProcess();
        limit.throwIfAborted();
        return process.run(query, limit);
      }, limit),
    );
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
    if (current === seen) {
      this.#process = QueryProcess.start(this.#options, this.#onFault);
    }
    return this.#process;
  }
}

function closed(): EngineError {
  return new EngineError('source_unavailable', 'The engine is closed.');
}
