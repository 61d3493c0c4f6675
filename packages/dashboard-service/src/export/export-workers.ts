import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './export-worker.ts';

/** An unused thread ends after this time: fonts and drawing libraries take memory, milliseconds. */
const idleMs = 60_000;
// Node runs the sources as they are in the workspace, and the built files where the package is installed.
const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
const module = new URL(`./export-worker.${extension}`, import.meta.url);

/** Threads that make files: as many as there are files under way, kept for a while. */
export class ExportWorkers {
  readonly #maxMemoryMb: number;
  readonly #idle = new Map<Worker, NodeJS.Timeout>();

  /** @param maxMemoryMb JavaScript values of one thread; beyond, the thread ends and its file is not made. */
  constructor(maxMemoryMb: number) {
    this.#maxMemoryMb = maxMemoryMb;
  }

  /** Makes a file. Rejects where the signal is aborted, or the thread ends: then nothing of it goes on. */
  async make(message: ToWorker, signal: AbortSignal): Promise<FromWorker> {
    signal.throwIfAborted();
    const worker = this.#take();
    try {
      worker.postMessage(message);
      const [answer] = (await once(worker, 'message', { signal })) as [FromWorker];
      this.#keep(worker);
      return answer;
    } catch (error) {
      await worker.terminate();
      throw error;
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#idle.keys()].map((worker) => this.#end(worker)));
  }

  #take(): Worker {
    const [first] = this.#idle;
    if (first === undefined) return start(this.#maxMemoryMb);
    const [worker, timer] = first;
    clearTimeout(timer);
    this.#idle.delete(worker);
    return worker;
  }

  #keep(worker: Worker): void {
    const timer = setTimeout(() => void this.#end(worker), idleMs);
    this.#idle.set(worker, timer.unref());
  }

  async #end(worker: Worker): Promise<void> {
    clearTimeout(this.#idle.get(worker));
    this.#idle.delete(worker);
    await worker.terminate();
  }
}

function start(maxOldGenerationSizeMb: number): Worker {
  const worker = new Worker(module, { env: {}, resourceLimits: { maxOldGenerationSizeMb } });
  // Whoever waits for a file hears of it; an idle thread that fails must not take the process with it.
  worker.on('error', () => undefined);
  worker.unref();
  return worker;
}
