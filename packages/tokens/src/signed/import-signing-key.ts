import { checkStrength } from '../keys/check-strength.ts';
import { keyRefused } from '../keys/key-refused.ts';
import { readSignatureKey } from './read-signature-key.ts';
import { algorithmOf, keyAlgorithms, type SignatureAlgorithm } from './signature-algorithm.ts';

/** An issuer's private key for signed tokens, and the only algorithm it is used for. */
export interface SigningKey {
  readonly algorithm: SignatureAlgorithm;
  readonly key: CryptoKey;
}

/**
 * Imports a private signing key: PKCS#8 in PEM armour or JWK. The kind of key decides the algorithm: P-256 ES256, Ed25519
 * EdDSA, RSA PS256. The result cannot be exported again. Throws `TokenError` `key_refused`.
 */
export async function importSigningKey(text: string): Promise<SigningKey> {
  const members = await readSignatureKey(text, 'private');
  if (!('d' in members)) throw keyRefused('A private key is wanted here.');
  const algorithm = algorithmOf(members);
  if (algorithm === undefined) throw keyRefused('The key is neither P-256 nor Ed25519 nor RSA.');
  if (algorithm === 'PS256') checkStrength(members);
  const { key_ops: _operations, use: _use, alg: _alg, ext: _ext, ...jwk } = members;
  try {
    const { subtle } = crypto;
    const key = await subtle.importKey('jwk', jwk, keyAlgorithms[algorithm], false, ['sign']);
    return { algorithm, key };
  } catch (cause) {
    throw keyRefused(`The key is not one for ${algorithm}.`, cause);
  }
}
