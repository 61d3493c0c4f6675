import type { ContentModel } from './content.ts';

/** Milliseconds; each failure doubles the wait. */
const firstRetryMs = 3000;
const longestRetryMs = 60_000;

/**
 * Opens the data of models. Those of the first content open beside each other while it is in service already: a query on one that
 * is not open yet waits. Later ones have to be open before they take the place of what serves. What failed is due again after a while.
 */
export class SourceOpenings {
  readonly #open: (model: ContentModel) => Promise<void>;
  readonly #now: () => number;
  readonly #first: Promise<void>[] = [];
  #isFirstPass = true;
  #hasFailed = false;
  #dueAt = Number.POSITIVE_INFINITY;
  #retryMs = firstRetryMs;

  constructor(open: (model: ContentModel) => Promise<void>, now = () => performance.now()) {
    this.#open = open;
    this.#now = now;
  }

  /** True where what failed should be tried again. */
  get isDue(): boolean {
    return this.#now() >= this.#dueAt;
  }

  /** Resolves when each source of the first content has been tried. */
  async firstTried(): Promise<void> {
    await Promise.all(this.#first);
  }

  /** Throws what opening throws, but for the first content. */
  async open(model: ContentModel): Promise<void> {
    const opening = this.#open(model).catch((error: unknown) => {
      this.#hasFailed = true;
      throw error;
    });
    if (!this.#isFirstPass) return opening;
    this.#first.push(
      opening.catch(() => {
        this.#dueAt = this.#now();
      }),
    );
  }

  /** Changed content is not made to wait for what failed before. */
  beginPass({ isChanged }: { readonly isChanged: boolean }): void {
    this.#hasFailed = false;
    this.#dueAt = Number.POSITIVE_INFINITY;
    if (isChanged) this.#retryMs = firstRetryMs;
  }

  endPass(): void {
    // The first content's failures are due at once: the next pass tells of them.
    if (this.#isFirstPass) this.#isFirstPass = false;
    else if (this.#hasFailed) {
      this.#dueAt = Math.min(this.#dueAt, this.#now() + this.#retryMs);
      this.#retryMs = Math.min(2 * this.#retryMs, longestRetryMs);
    } else {
      this.#retryMs = firstRetryMs;
    }
  }
}
