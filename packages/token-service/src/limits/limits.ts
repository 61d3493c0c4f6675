import type { Rate } from './token-buckets.ts';

/** What strangers can cost the service. Each limit is of one process. */
export interface Limits {
  /** Failed decryptions of one network address (IPv6: one /64). Beyond: `rate_limited` for tokens that are not known yet. */
  readonly failuresPerAddress: Rate;
  /** Failed decryptions under one configuration, whoever sends them. Beyond: the same. */
  readonly failuresPerConfiguration: Rate;
  /** Tests of tokens by administrators, each of which decrypts (E-8). Beyond: `rate_limited`. */
  readonly tests: Rate;
  /** Decryptions at once. */
  readonly decryptionsRunning: number;
  /** Decryptions that may wait. Beyond: `overloaded`. */
  readonly decryptionsWaiting: number;
  /** Memory for the claims of decrypted tokens, bytes. 0: none is remembered. */
  readonly rememberedBytes: number;
  /** Number of decrypted tokens that are remembered. */
  readonly rememberedTokens: number;
}

/** See `docs/decisions`, 0005, for why these. */
export const defaultLimits: Limits = {
  failuresPerAddress: { burst: 300, perSecond: 2 },
  failuresPerConfiguration: { burst: 600, perSecond: 200 },
  tests: { burst: 1000, perSecond: 50 },
  decryptionsRunning: 64,
  decryptionsWaiting: 256,
  rememberedBytes: 32 * 1024 * 1024,
  rememberedTokens: 10_000,
};
