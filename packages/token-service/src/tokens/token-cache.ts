import { hash } from 'node:crypto';
import type { DecryptedToken } from '@vitrine/tokens';
import { LRUCache } from 'lru-cache';

/** A decrypted token and the key that opened it. */
export interface RememberedToken extends DecryptedToken {
  /** Of the public half; a key that is gone opens nothing any more. */
  readonly thumbprint: string;
}

interface TokenCacheOptions {
  readonly maxBytes: number;
  readonly maxEntries: number;
}

/** Bytes that an entry costs besides its claims: key, digest, thumbprint, map. */
const entryOverhead = 512;

/**
 * What good tokens decrypted to, so that a link opened by many costs one decryption. Nothing is decided here: times,
 * configuration, subject and content are checked at each open. Refusals are not remembered, so nobody without a key
 * can fill it. The longest unused go first.
 */
export type TokenCache = LRUCache<string, RememberedToken>;

/** 0 bytes or 0 entries: nothing is remembered. */
export function createTokenCache({ maxBytes, maxEntries }: TokenCacheOptions): TokenCache {
  // To the library, 0 is no bound.
  const isOff = maxBytes === 0 || maxEntries === 0;
  return new LRUCache({
    max: isOff ? 1 : maxEntries,
    maxSize: isOff ? 1 : maxBytes,
    sizeCalculation: ({ text }) => text.length * 2 + entryOverhead,
  });
}

/**
 * The identity of a token that has passed `readHeader`. That admits one spelling of the decoded bytes only, so the text
 * stands for the bytes of all five segments, `kid` included, and for where each of them ends.
 */
export function tokenKey(token: string): string {
  return hash('sha256', token, 'base64url');
}
