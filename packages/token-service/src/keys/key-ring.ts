import { importPrivateKey } from '@vitrine/tokens';
import type { StoredKey } from '../store/store.ts';
import type { KeyVault } from './key-vault.ts';

/** Keeps opened private keys in memory, as non-extractable `CryptoKey`s, each opened once. */
export class KeyRing {
  readonly #vault: KeyVault;
  readonly #opened = new Map<string, Promise<CryptoKey>>();

  constructor(vault: KeyVault) {
    this.#vault = vault;
  }

  /** Throws `StateError` `master_key_wrong`. */
  privateKey(kid: string, { thumbprint, sealed }: StoredKey): Promise<CryptoKey> {
    let key = this.#opened.get(thumbprint);
    if (key === undefined) {
      key = this.#vault.unseal(kid, sealed).then(importPrivateKey);
      key.catch(() => this.#opened.delete(thumbprint));
      this.#opened.set(thumbprint, key);
    }
    return key;
  }

  /** Lets go of keys whose configuration is gone. */
  forget(keys: readonly StoredKey[]): void {
    for (const { thumbprint } of keys) this.#opened.delete(thumbprint);
  }
}
