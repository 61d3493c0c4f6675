import { hash } from 'node:crypto';
import type { DecryptedToken } from '@vitrine/tokens';

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
export class TokenCache {
  readonly #entries = new Map<string, RememberedToken>();
  readonly #options: TokenCacheOptions;
  #bytes = 0;

  constructor(options: TokenCacheOptions) {
    this.#options = options;
  }

  get tokens(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): RememberedToken | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  set(key: string, entry: RememberedToken): void {
    this.delete(key);
    this.#entries.set(key, entry);
    this.#bytes += bytesOf(entry);
    const { maxBytes, maxEntries } = this.#options;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= maxBytes && this.#entries.size <= maxEntries) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= bytesOf(entry);
  }
}

/**
 * The identity of a token that has passed `readHeader`. That admits one spelling of the decoded bytes only, so the text
 * stands for the bytes of all five segments, `kid` included, and for where each of them ends.
 */
export function tokenKey(token: string): string {
  return hash('sha256', token, 'base64url');
}

function bytesOf({ text }: RememberedToken): number {
  return text.length * 2 + entryOverhead;
}
