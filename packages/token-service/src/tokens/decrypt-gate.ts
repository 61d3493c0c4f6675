import { TokenError } from '@vitrine/tokens';
import pLimit, { type LimitFunction } from 'p-limit';
import type { Limits } from '../limits/limits.ts';
import { networkOf } from '../limits/network-of.ts';
import { TokenBuckets } from '../limits/token-buckets.ts';
import { Problem } from '../problem/problem.ts';

/** Who asks for a decryption. */
export interface Sender {
  readonly kid: string;
  /** As `request.ip`. Undefined: nobody who has to be limited. */
  readonly address: string | undefined;
}

/**
 * In front of every RSA operation (I-1): a budget of failures for each address and each configuration, then a short
 * queue. One is taken before the work and given back after a success, so senders of good tokens never run short, and
 * parallel requests cannot pass a budget together.
 */
export class DecryptGate {
  readonly #addresses: TokenBuckets;
  readonly #configurations: TokenBuckets;
  readonly #queue: LimitFunction;
  readonly #most: number;

  constructor(limits: Limits, elapsed: () => number) {
    this.#addresses = new TokenBuckets({ ...limits.failuresPerAddress, elapsed });
    this.#configurations = new TokenBuckets({ ...limits.failuresPerConfiguration, elapsed });
    this.#queue = pLimit(limits.decryptionsRunning);
    this.#most = limits.decryptionsRunning + limits.decryptionsWaiting;
  }

  get running(): number {
    return this.#queue.activeCount;
  }

  get waiting(): number {
    return this.#queue.pendingCount;
  }

  /** Throws `Problem` `overloaded`, `rate_limited`, and whatever the work throws. */
  async run<Result>(sender: Sender, work: () => Promise<Result>): Promise<Result> {
    if (this.running + this.waiting >= this.#most) throw new Problem('overloaded');
    const giveBack = this.#take(sender);
    try {
      const result = await this.#queue(work);
      giveBack();
      return result;
    } catch (error) {
      if (!(error instanceof TokenError)) giveBack();
      throw error;
    }
  }

  #take({ kid, address }: Sender): () => void {
    if (address === undefined) return () => {};
    const network = networkOf(address);
    requireNoWait(this.#addresses.take(network));
    const wait = this.#configurations.take(kid);
    if (wait > 0) this.#addresses.giveBack(network);
    requireNoWait(wait);
    return () => {
      this.#addresses.giveBack(network);
      this.#configurations.giveBack(kid);
    };
  }
}

function requireNoWait(seconds: number): void {
  if (seconds > 0) {
    throw new Problem('rate_limited', { headers: { 'Retry-After': String(seconds) } });
  }
}
