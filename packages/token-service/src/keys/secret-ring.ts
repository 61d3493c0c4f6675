import { hash } from 'node:crypto';
import { importPublicKey, publicKeyThumbprint, TokenError, type TokenSuite } from '@vitrine/tokens';
import { LRUCache } from 'lru-cache';

/** A configuration's public key as it was sent for minting, imported. */
export interface Secret {
  readonly key: CryptoKey;
  readonly thumbprint: string;
}

const most = 256;

/** Keeps the last 256 secrets that minting was asked with in memory, imported: to import one costs more than to mint. */
export class SecretRing {
  readonly #imported = new LRUCache<string, Secret>({ max: most });

  /** Undefined for a text that is no public key of the suite. */
  async find(text: string, suite: TokenSuite): Promise<Secret | undefined> {
    const name = `${suite.name} ${hash('sha256', text, 'base64url')}`;
    const known = this.#imported.get(name);
    if (known !== undefined) return known;
    try {
      const key = await importPublicKey(text, suite);
      const secret = { key, thumbprint: await publicKeyThumbprint(key) };
      this.#imported.set(name, secret);
      return secret;
    } catch (error) {
      if (error instanceof TokenError) return undefined;
      throw error;
    }
  }
}
