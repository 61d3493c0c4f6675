/** A line in front of something that few can use at once. */
export class Turns {
  readonly #most: number;
  readonly #line: (() => void)[] = [];
  #running = 0;

  /** @param most How many run at once; more wait, first come, first served. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Runs work in its turn. Throws the signal's reason where that is aborted before the turn comes. */
  async take<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    signal.throwIfAborted();
    if (this.#running >= this.#most) await this.#wait(signal);
    else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#line.shift();
      if (next === undefined) this.#running--;
      else next();
    }
  }

  async #wait(signal: AbortSignal): Promise<void> {
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
