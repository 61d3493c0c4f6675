import { isAllowedOrigin } from '../origins/is-allowed-origin.ts';
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
  #origins: { readonly all: Promise<readonly string[]>; readonly readAt: number } | undefined;

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

  /**
   * Whether any configuration in service names an origin. A preflight says nothing about the token that will follow, so this is
   * what it is answered by; the request itself is held to its own configuration.
   */
  async embeds(origin: string): Promise<boolean> {
    const now = this.#elapsed();
    if (this.#origins === undefined || now - this.#origins.readAt >= this.#maxAgeMs) {
      this.#origins = { all: this.#readOrigins(), readAt: now };
    }
    return isAllowedOrigin(origin, await this.#origins.all);
  }

  /** To be called after a change; a read under way may still bring the old state for a second. */
  forget(kid: string): void {
    this.#entries.delete(kid);
    this.#origins = undefined;
  }

  async #readOrigins(): Promise<readonly string[]> {
    const configurations = await this.#store.listConfigurations();
    const inService = configurations.filter(({ enabled }) => enabled);
    return [...new Set(inService.flatMap(({ origins }) => origins))];
  }
}
