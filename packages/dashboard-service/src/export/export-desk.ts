import { FairQueue, Ticket } from '@vitrine/engines';
import { Problem } from '@vitrine/token-service';
import { ExportWorkers } from './export-workers.ts';

/** What exports may take. */
export interface ExportLimits {
  /** Files made at once. Default 2. */
  readonly running: number;
  /** Exports that wait, of all sessions; 4 of one. Beyond: `overloaded`. Default 20. */
  readonly waiting: number;
  /** Milliseconds for queries and drawing together, waiting included. Default 60,000. */
  readonly timeoutMs: number;
  /** Rows of all widgets of a file together. Default 100,000. */
  readonly maxRows: number;
  /** Memory of one file under way, MB. Default 512. */
  readonly memoryMb: number;
}

const defaultLimits: ExportLimits = {
  running: 2,
  waiting: 20,
  timeoutMs: 60_000,
  maxRows: 100_000,
  memoryMb: 512,
};
const waitingPerSession = 4;

/** Takes exports in: a few at once, one of each session, the others wait in turn. */
export class ExportDesk {
  readonly limits: ExportLimits;
  readonly workers: ExportWorkers;
  readonly #queue: FairQueue;

  constructor(limits: Partial<ExportLimits> = {}) {
    this.limits = { ...defaultLimits, ...limits };
    const { running, waiting, memoryMb } = this.limits;
    this.workers = new ExportWorkers(memoryMb);
    const perOwner = { runningPerOwner: 1, waitingPerOwner: waitingPerSession };
    this.#queue = new FairQueue({ running, waiting, ...perOwner });
  }

  /**
   * Runs the queries and the drawing of one export when its turn comes. Its signal ends both.
   *
   * @throws Problem `overloaded`, `query_cancelled` (the caller is gone), `export_failed` (it took too long)
   */
  async run<Result>(
    session: string,
    gone: AbortSignal,
    make: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    const late = AbortSignal.timeout(this.limits.timeoutMs);
    const done = new AbortController();
    const signal = AbortSignal.any([gone, late, done.signal]);
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const leave = () => reject(gone.aborted ? new Problem('query_cancelled') : tooLate());
    const ticket = new Ticket(() => make(signal).then(resolve, reject));
    if (gone.aborted) throw new Problem('query_cancelled');
    signal.addEventListener('abort', leave, { once: true });
    try {
      if (!this.#queue.add(ticket, session)) throw new Problem('overloaded');
      return await promise;
    } finally {
      signal.removeEventListener('abort', leave);
      this.#queue.leave(ticket);
      // Of several queries one may have failed: the others are of no use any more.
      done.abort();
    }
  }
}

function tooLate(): Problem {
  return new Problem('export_failed', {
    detail: 'The file took too long to make. Export single widgets, or filter first.',
  });
}
