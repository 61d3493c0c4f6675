import type { Claims } from '@vitrine/claims';
import { LRUCache } from 'lru-cache';
import { memoryOf } from '../limits/memory-of.ts';

/**
 * Parsed claims of live sessions, which never change. Bounded by the memory that they take, estimated; the
 * longest unused go first. Whether the session still lives is asked of the store every time.
 */
export type ClaimsCache = LRUCache<string, Claims>;

/** Bytes that an entry costs besides its claims. */
const entryOverhead = 512;

/** `maxBytes`: default 64 MiB. */
export function createClaimsCache(maxBytes = 64 * 1024 ** 2): ClaimsCache {
  return new LRUCache({
    maxSize: maxBytes,
    sizeCalculation: (claims) => memoryOf(claims) + entryOverhead,
  });
}
