import {
  importPrivateKey,
  importVerifyKey,
  type TokenSuite,
  type VerifyKey,
} from '@vitrine/tokens';
import type { SignatureSetting, StoredKey } from '../store/store.ts';
import type { KeyVault } from './key-vault.ts';

/** Keeps opened private keys, as non-extractable `CryptoKey`s, and issuers' public keys in memory, each opened once. */
export class KeyRing {
  readonly #vault: KeyVault;
  readonly #opened = new Map<string, Promise<CryptoKey>>();

  readonly #verifying = new Map<string, Promise<VerifyKey>>();

  constructor(vault: KeyVault) {
    this.#vault = vault;
  }

  /** `suite` as the key names it. Throws `StateError` `master_key_wrong`. */
  privateKey(
    kid: string,
    { thumbprint, sealed }: StoredKey,
    suite: TokenSuite,
  ): Promise<CryptoKey> {
    let key = this.#opened.get(thumbprint);
    if (key === undefined) {
      key = this.#vault.unseal(kid, sealed).then((pem) => importPrivateKey(pem, suite));
      key.catch(() => this.#opened.delete(thumbprint));
      this.#opened.set(thumbprint, key);
    }
    return key;
  }

  /** Known by what it is made of, so that a changed setting is another key. Throws `TokenError` `key_refused`. */
  verifyKey({ algorithm, publicKey, thumbprint }: SignatureSetting): Promise<VerifyKey> {
    let key = this.#verifying.get(thumbprint);
    if (key === undefined) {
      key = importVerifyKey(JSON.stringify(publicKey), algorithm);
      key.catch(() => this.#verifying.delete(thumbprint));
      this.#verifying.set(thumbprint, key);
    }
    return key;
  }

  /** Lets go of keys whose configuration is gone. */
  forget(keys: readonly StoredKey[]): void {
    for (const { thumbprint } of keys) this.#opened.delete(thumbprint);
  }
}
