import { createHmac } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import { StateError } from '../state-error.ts';
import type { Store } from '../store/store.ts';

/** Label and text of what tells whether a master key is the state's. */
export const masterKeyCheck = 'master-key-check';

/**
 * Seals secrets for rest as compact JWE, `dir` with A256GCM (RFC 7516, RFC 7518 §5.3). The label is
 * in the protected header, which is the additional authenticated data: a sealed key moved to another
 * label does not open. `mk` names the master key, so that a state can hold keys of an old and a new one.
 */
export class KeyVault {
  readonly #masterKey: Uint8Array;
  readonly #masterKeyId: string;

  /** Throws `TypeError` unless the key has 32 bytes. */
  constructor(masterKey: Uint8Array) {
    if (masterKey.byteLength !== 32) throw new TypeError('masterKey must have 32 bytes');
    this.#masterKey = Uint8Array.from(masterKey);
    this.#masterKeyId = createHmac('sha256', this.#masterKey)
      .update('vitrine master key id')
      .digest('base64url')
      .slice(0, 11);
  }

  async seal(label: string, secret: string): Promise<string> {
    return await new CompactEncrypt(new TextEncoder().encode(secret))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: label, mk: this.#masterKeyId })
      .encrypt(this.#masterKey);
  }

  /** Throws `StateError` `master_key_wrong` for another master key, another label, or damage. */
  async unseal(label: string, sealed: string): Promise<string> {
    try {
      const { plaintext, protectedHeader } = await compactDecrypt(sealed, this.#masterKey, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      });
      if (protectedHeader.kid === label) return new TextDecoder().decode(plaintext);
    } catch {
      // The same answer as for a foreign label: what failed inside is no help to anyone.
    }
    throw new StateError(
      'master_key_wrong',
      'MASTER_KEY is not the key that the state was sealed with. Start with that key.',
    );
  }

  /** Refuses a store that was sealed with another key. Throws `StateError` `master_key_wrong`. */
  async checkAgainst(store: Store): Promise<void> {
    const kept = await store.keepMasterKeyCheck(await this.seal(masterKeyCheck, masterKeyCheck));
    await this.unseal(masterKeyCheck, kept);
  }
}
