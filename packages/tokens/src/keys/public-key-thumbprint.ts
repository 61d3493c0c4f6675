import { base64url } from 'jose';
import { importPublicKey } from './import-public-key.ts';

/**
 * The base64url SHA-256 of a public key's SPKI: the same for every form the key is written in. Enough to recognise a
 * secret without keeping it. Throws `TokenError` `key_refused`.
 */
export async function publicKeyThumbprint(secret: string | CryptoKey): Promise<string> {
  const key = typeof secret === 'string' ? await importPublicKey(secret) : secret;
  const spki = await crypto.subtle.exportKey('spki', key);
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', spki)));
}
