import type { Claims } from '@vitrine/claims';
import { memoryOf } from '../limits/memory-of.ts';

interface Entry {
  readonly claims: Claims;
  readonly bytes: number;
}

/** Bytes that an entry costs besides its claims. */
const entryOverhead = 512;

/**
 * Parsed claims of live sessions, which never change. Bounded by the memory that they take, estimated; the
 * longest unused go first. Whether the session still lives is asked of the store every time.
 */
export class ClaimsCache {
  readonly #entries = new Map<string, Entry>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor({ maxBytes = 64 * 1024 * 1024 }: { readonly maxBytes?: number } = {}) {
    this.#maxBytes = maxBytes;
  }

  get(id: string): Claims | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return entry.claims;
  }

  set(id: string, claims: Claims): void {
    this.delete(id);
    const bytes = memoryOf(claims) + entryOverhead;
    this.#entries.set(id, { claims, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.delete(oldest);
    }
  }

  delete(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    this.#bytes -= entry.bytes;
  }
}
