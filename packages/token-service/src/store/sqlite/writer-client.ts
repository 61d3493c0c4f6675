import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StateError } from '../../state-error.ts';
import type { Write, WriteOutcome } from './write.ts';
import type { FromWriter, ToWriter } from './writer-thread.ts';

// The sources run as they are and as compiled JavaScript; the thread has the same form as this file.
const threadFile = new URL(`./writer-thread${extname(import.meta.url)}`, import.meta.url);

interface Asked {
  readonly resolve: (outcomes: readonly WriteOutcome[]) => void;
  readonly reject: (error: StateError) => void;
}

/** The main thread's end of the writer: one message, one answer, in order. */
export class WriterClient {
  readonly #worker: Worker;
  readonly #asked: Asked[] = [];
  #dead: StateError | undefined;

  private constructor(path: string) {
    this.#worker = new Worker(threadFile, { workerData: { path }, name: 'vitrine-state' });
    this.#worker.on('message', (answer: FromWriter) => {
      const asked = this.#asked.shift();
      if (answer.ok) asked?.resolve(answer.outcomes);
      else asked?.reject(new StateError(answer.code, answer.message));
    });
    this.#worker.on('error', (error) => this.#die(error));
    this.#worker.on('exit', () => this.#die(undefined));
  }

  /** Throws `StateError` when the file cannot be opened, or is newer than this release. */
  static async start(path: string): Promise<WriterClient> {
    const client = new WriterClient(path);
    try {
      await client.#answer();
    } catch (error) {
      await client.#worker.terminate();
      throw error;
    }
    return client;
  }

  commit(writes: readonly Write[]): Promise<readonly WriteOutcome[]> {
    return this.#ask({ kind: 'commit', writes });
  }

  async close(): Promise<void> {
    await this.#ask({ kind: 'close' });
    await this.#worker.terminate();
  }

  #ask(message: ToWriter): Promise<readonly WriteOutcome[]> {
    if (this.#dead !== undefined) return Promise.reject(this.#dead);
    const answer = this.#answer();
    this.#worker.postMessage(message);
    return answer;
  }

  #answer(): Promise<readonly WriteOutcome[]> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve, reject });
    });
  }

  #die(cause: unknown): void {
    this.#dead ??= new StateError('store_unavailable', 'The state writer has stopped.', { cause });
    for (const { reject } of this.#asked.splice(0)) reject(this.#dead);
  }
}
