import { calculateJwkThumbprint } from 'jose';
import { checkStrength } from '../keys/check-strength.ts';
import { keyRefused } from '../keys/key-refused.ts';
import { readSignatureKey } from './read-signature-key.ts';
import { algorithmOf, keyAlgorithms, type SignatureAlgorithm } from './signature-algorithm.ts';

/** The public half of an issuer's signing key: only these members (RFC 7517, RFC 7518 §6, RFC 8037 §2). */
export interface VerifyJwk {
  readonly kty: string;
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly n?: string;
  readonly e?: string;
}

/** A key that signatures are checked with, and the only algorithm it is used for. */
export interface VerifyKey {
  readonly algorithm: SignatureAlgorithm;
  readonly key: CryptoKey;
  /** Its public members: for keeping and showing, and to import it again. */
  readonly jwk: VerifyJwk;
  /** RFC 7638, SHA-256, base64url. */
  readonly thumbprint: string;
}

/**
 * Imports an issuer's public signing key: SPKI in PEM armour or JWK, P-256 for ES256, Ed25519 for EdDSA, RSA of 2048 to
 * 4096 bits for PS256. Throws `TokenError` `key_refused`, also for a private key and for a key of another algorithm.
 */
export async function importVerifyKey(
  text: string,
  algorithm: SignatureAlgorithm,
): Promise<VerifyKey> {
  const members = await readSignatureKey(text, 'public');
  if ('d' in members) throw keyRefused('This is a private key; a public key is wanted here.');
  if (algorithmOf(members) !== algorithm) throw keyRefused(`The key is not one for ${algorithm}.`);
  checkPurpose(members, algorithm);
  if (algorithm === 'PS256') checkStrength(members);
  const jwk = publicMembers(members);
  try {
    const { subtle } = crypto;
    const key = await subtle.importKey('jwk', jwk, keyAlgorithms[algorithm], false, ['verify']);
    return { algorithm, key, jwk, thumbprint: await calculateJwkThumbprint({ ...jwk }) };
  } catch (cause) {
    throw keyRefused(`The key is not one for ${algorithm}.`, cause);
  }
}

function checkPurpose({ use, alg, key_ops: operations }: JsonWebKey, algorithm: string): void {
  const isForSignatures =
    (use === undefined || use === 'sig') &&
    (alg === undefined || alg === algorithm || (algorithm === 'EdDSA' && alg === 'Ed25519')) &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify')));
  if (!isForSignatures) throw keyRefused(`The JWK is not meant for ${algorithm}.`);
}

function publicMembers({ kty, crv, x, y, n, e }: JsonWebKey): VerifyJwk {
  const members = Object.entries({ crv, x, y, n, e }).filter(
    ([, value]) => typeof value === 'string',
  );
  return { kty: kty ?? '', ...Object.fromEntries(members) };
}
