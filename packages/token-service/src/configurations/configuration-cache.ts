import type { Store, StoredConfiguration } from '../store/store.ts';

interface Entry {
  readonly configuration: StoredConfiguration;
  readonly readAt: number;
}

/**
 * Configurations for the hot path, at most a second old; changes made by this process are seen at
 * once. Whether one is in service is decided again where a session is written. Unknown ids are not
 * kept: anybody can send those.
 */
export class ConfigurationCache {
  readonly #store: Store;
  readonly #elapsed: () => number;
  readonly #maxAgeMs: number;
  readonly #entries = new Map<string, Entry>();

  constructor(
    store: Store,
    { elapsed, maxAgeMs = 1000 }: { readonly elapsed: () => number; readonly maxAgeMs?: number },
  ) {
    this.#store = store;
    this.#elapsed = elapsed;
    this.#maxAgeMs = maxAgeMs;
  }

  async find(kid: string): Promise<StoredConfiguration | undefined> {
    const entry = this.#entries.get(kid);
    if (entry !== undefined && this.#elapsed() - entry.readAt < this.#maxAgeMs) {
      return entry.configuration;
    }
    const readAt = this.#elapsed();
    const configuration = await this.#store.findConfiguration(kid);
    if (configuration === undefined) this.#entries.delete(kid);
    else this.#entries.set(kid, { configuration, readAt });
    return configuration;
  }

  /** To be called after a change; a read under way may still bring the old state for a second. */
  forget(kid: string): void {
    this.#entries.delete(kid);
  }
}
