/** How often something may happen to one key. */
export interface Rate {
  /** How many at once, after a pause. */
  readonly burst: number;
  /** How many a second in the long run. */
  readonly perSecond: number;
}

interface Bucket {
  readonly left: number;
  /** Milliseconds, of the given clock. */
  readonly at: number;
}

interface TokenBucketsOptions extends Rate {
  /** Milliseconds passed, never backwards. */
  readonly elapsed: () => number;
  /** Default 50,000. Beyond it the key that was used longest ago is forgotten, and starts full again. */
  readonly maxKeys?: number;
}

/**
 * A token bucket for each key, in memory. A full bucket is not kept, so only keys that were short of late cost memory.
 * Throws `TypeError` for a rate that lets nothing through.
 */
export class TokenBuckets {
  readonly #options: Required<TokenBucketsOptions>;
  readonly #buckets = new Map<string, Bucket>();

  constructor({ maxKeys = 50_000, ...options }: TokenBucketsOptions) {
    if (!(options.burst >= 1 && options.perSecond > 0)) {
      throw new TypeError('a rate needs a burst of at least 1 and more than 0 a second');
    }
    this.#options = { ...options, maxKeys };
  }

  /** Keys that are not full. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Takes one. 0 where there was one, otherwise the seconds until there is, at least 1; then nothing is taken. */
  take(key: string): number {
    const left = this.#leftOf(key);
    if (left < 1) return Math.max(1, Math.ceil((1 - left) / this.#options.perSecond));
    this.#keep(key, left - 1);
    return 0;
  }

  /** Puts back one that was taken for nothing. */
  giveBack(key: string): void {
    this.#keep(key, this.#leftOf(key) + 1);
  }

  #leftOf(key: string): number {
    const { burst, perSecond, elapsed } = this.#options;
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) return burst;
    return Math.min(burst, bucket.left + ((elapsed() - bucket.at) / 1000) * perSecond);
  }

  #keep(key: string, left: number): void {
    this.#buckets.delete(key);
    if (left >= this.#options.burst) return;
    this.#buckets.set(key, { left, at: this.#options.elapsed() });
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= this.#options.maxKeys) break;
      this.#buckets.delete(oldest);
    }
  }
}
