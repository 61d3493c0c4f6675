import type { Claims } from '@vitrine/claims';

interface Entry {
  readonly claims: Claims;
  readonly characters: number;
}

/** Characters that an entry costs besides its claims. */
const entryOverhead = 512;

/**
 * Parsed claims of live sessions, which never change. Bounded by the characters of their JSON; the
 * longest unused go first. Whether the session still lives is asked of the store every time.
 */
export class ClaimsCache {
  readonly #entries = new Map<string, Entry>();
  readonly #maxCharacters: number;
  #characters = 0;

  constructor({ maxCharacters = 32 * 1024 * 1024 }: { readonly maxCharacters?: number } = {}) {
    this.#maxCharacters = maxCharacters;
  }

  get(id: string): Claims | undefined {
    const entry = this.#entries.get(id);
    if (entry === undefined) return undefined;
    this.#entries.delete(id);
    this.#entries.set(id, entry);
    return entry.claims;
  }

  set(id: string, claims: Claims, json: string): void {
    this.delete(id);
    const characters = json.length + entryOverhead;
    this.#entries.set(id, { claims, characters });
    this.#characters += characters;
    for (const oldest of this.#entries.keys()) {
      if (this.#characters <= this.#maxCharacters) break;
      this.delete(oldest);
    }
  }

  delete(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#entries.delete(id);
    this.#characters -= entry.characters;
  }
}
