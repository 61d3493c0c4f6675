interface Waiting<Item, Outcome> {
  readonly item: Item;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

interface GroupCommitOptions {
  /** Writes in one commit. Default 512. */
  readonly maxBatch?: number;
  /**
   * Milliseconds that a busy group waits for more before it commits. Busy is a group whose last commit held several writes, so
   * a lone write never waits. Default 1.
   */
  readonly gatherMs?: number;
}

/**
 * Collects writes while the commit before them is under way, and commits them together: one
 * transaction, one flush to the disk, for all. A failed commit fails every write in it.
 *
 *   add ─┐
 *   add ─┼─► waiting ──(commit idle)──► commit(batch) ──► each promise settles
 *   add ─┘
 */
export class GroupCommit<Item, Outcome> {
  readonly #commit: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  readonly #maxBatch: number;
  readonly #gatherMs: number;
  #waiting: Waiting<Item, Outcome>[] = [];
  #running: Promise<void> | undefined;
  #isBusy = false;

  constructor(
    commit: (items: readonly Item[]) => Promise<readonly Outcome[]>,
    { maxBatch = 512, gatherMs = 1 }: GroupCommitOptions = {},
  ) {
    this.#commit = commit;
    this.#maxBatch = maxBatch;
    this.#gatherMs = gatherMs;
  }

  /** Resolves when the item's batch is committed. */
  add(item: Item): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Resolves when nothing is waiting or under way. */
  async drain(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    // One turn of the event loop, so that requests read in the same turn share a batch.
    await new Promise(setImmediate);
    while (this.#waiting.length > 0) {
      const isFull = this.#waiting.length >= this.#maxBatch;
      if (this.#isBusy && !isFull)
        await new Promise((resolve) => setTimeout(resolve, this.#gatherMs));
      const batch = this.#waiting.splice(0, this.#maxBatch);
      try {
        const outcomes = await this.#commit(batch.map(({ item }) => item));
        batch.forEach(({ resolve }, index) => {
          resolve(outcomes[index] as Outcome);
        });
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
      this.#isBusy = batch.length > 1;
    }
    this.#running = undefined;
  }
}
