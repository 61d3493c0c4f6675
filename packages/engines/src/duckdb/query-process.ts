import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineQuery, EngineRows } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import { type OnFault, report } from '../engine-fault.ts';
import type { DatabaseOptions, FromChild, RowsMessage } from './messages.ts';
import { endChild, startChild } from './start-child.ts';

/** How long an interrupted query may go on before its process is ended. */
const interruptGraceMs = 2_000;

interface Waiting {
  readonly resolve: (message: RowsMessage) => void;
  readonly reject: (error: EngineError) => void;
}

/**
 * One child process with one open database. It fails its running queries with `source_unavailable` when it ends; who wants
 * to go on starts another.
 */
export class QueryProcess {
  readonly #child: ChildProcess;
  readonly #spillDirectory: string;
  readonly #onFault: OnFault | undefined;
  readonly #waiting = new Map<number, Waiting>();
  readonly #interrupted = new Map<number, NodeJS.Timeout>();
  #nextId = 0;
  #hasEnded = false;

  private constructor(child: ChildProcess, spillDirectory: string, onFault: OnFault | undefined) {
    this.#child = child;
    this.#spillDirectory = spillDirectory;
    this.#onFault = onFault;
    child.on('message', (message: FromChild) => this.#receive(message));
    child.on('error', () => void this.stop());
    child.on('exit', () => void this.stop());
  }

  /** Starts a process and opens the database in it. Code `source_unavailable`. */
  static async start(options: DatabaseOptions, onFault?: OnFault): Promise<QueryProcess> {
    // Two processes must not share a folder: DuckDB's names for spilled files would clash.
    const tempDirectory = join(options.tempDirectory, randomUUID());
    const child = startChild('query-child');
    const opened = new Promise<FromChild | undefined>((resolve) => {
      child.once('message', resolve);
      child.once('error', () => resolve(undefined));
      child.once('exit', () => resolve(undefined));
    });
    const started = new QueryProcess(child, tempDirectory, onFault);
    child.send({ kind: 'open', options: { ...options, tempDirectory } });
    if ((await opened)?.kind === 'opened') return started;
    await started.stop();
    throw new EngineError('source_unavailable', 'The database could not be opened.');
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Runs a query until it answers, fails, or `signal` is aborted with an EngineError as its reason. */
  async run(
    { text, params, maxRows }: Pick<EngineQuery, 'text' | 'params' | 'maxRows'>,
    signal: AbortSignal,
  ): Promise<EngineRows> {
    const id = this.#nextId++;
    const onAbort = () => this.#interrupt(id, signal.reason as EngineError);
    try {
      const { columns, rowCount, truncated } = await new Promise<RowsMessage>((resolve, reject) => {
        if (this.#hasEnded) return reject(ended());
        this.#waiting.set(id, { resolve, reject });
        signal.addEventListener('abort', onAbort, { once: true });
        this.#child.send({ kind: 'run', id, text, params, maxRows });
      });
      const rows = Array.from({ length: rowCount }, (_, row) =>
        columns.map((column) => column[row] ?? null),
      );
      return { rows, truncated };
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Ends the process; done when it is gone and what it spilled is removed. */
  async stop(): Promise<void> {
    this.#end();
    await endChild(this.#child);
    // Files that cannot be removed take space, but no query is the worse for them.
    await rm(this.#spillDirectory, { recursive: true, force: true }).catch((error: unknown) =>
      report(this.#onFault, 'spill_not_removed', error),
    );
  }

  #receive(message: FromChild): void {
    if (message.kind !== 'rows' && message.kind !== 'failed') return;
    clearTimeout(this.#interrupted.get(message.id));
    this.#interrupted.delete(message.id);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'rows') waiting?.resolve(message);
    else waiting?.reject(new EngineError('query_failed', 'The database refused the query.'));
  }

  #interrupt(id: number, reason: EngineError): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    this.#interrupted.set(
      id,
      setTimeout(() => void this.stop(), interruptGraceMs),
    );
    this.#child.send({ kind: 'interrupt', id });
    waiting.reject(reason);
  }

  #end(): void {
    this.#hasEnded = true;
    for (const timer of this.#interrupted.values()) clearTimeout(timer);
    for (const waiting of this.#waiting.values()) waiting.reject(ended());
    this.#interrupted.clear();
    this.#waiting.clear();
  }
}

function ended(): EngineError {
  return new EngineError('source_unavailable', 'The database process has ended.');
}
