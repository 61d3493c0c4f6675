import { parseStrictJson } from '@vitrine/claims';
import { checkStrength } from './check-strength.ts';
import { keyRefused } from './key-refused.ts';
import { maxKeyText, readPem } from './read-pem.ts';
import { spkiOfPkcs1 } from './spki-of-pkcs1.ts';

const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' } as const;

/**
 * Imports the secret of a configuration: SPKI or PKCS#1 in PEM armour, or a JWK, with any line breaks (TOK-2).
 * Throws `TokenError` `key_refused`.
 */
export async function importPublicKey(text: string): Promise<CryptoKey> {
  if (text.length > maxKeyText) throw keyRefused('The text is too long for a key.');
  const key = await importAny(text);
  checkStrength(await crypto.subtle.exportKey('jwk', key));
  return key;
}

async function importAny(text: string): Promise<CryptoKey> {
  const plain = text.replace(/^\ufeff/, '').trim();
  if (plain.startsWith('{')) return importJwk(plain);
  const { label, der } = readPem(text);
  switch (label) {
    case 'PUBLIC KEY':
      return importSpki(der);
    case 'RSA PUBLIC KEY':
      return importSpki(spkiOfPkcs1(der));
    default:
      throw keyRefused('This is a private key; a public key is wanted here.');
  }
}

async function importSpki(der: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('spki', der, algorithm, true, ['encrypt', 'wrapKey']);
  } catch (cause) {
    throw keyRefused('The text is not an RSA public key.', cause);
  }
}

async function importJwk(text: string): Promise<CryptoKey> {
  const { value } = parseStrictJson(text);
  if (typeof value !== 'object' || value === null) throw keyRefused('The JWK is not valid JSON.');
  const jwk: JsonWebKey = { ...value };
  if (jwk.d !== undefined) {
    throw keyRefused('This is a private key; a public key is wanted here.');
  }
  const isForEncryption =
    (jwk.use === undefined || jwk.use === 'enc') &&
    (jwk.alg === undefined || jwk.alg === 'RSA-OAEP-256') &&
    (jwk.key_ops === undefined || isListWithEncryption(jwk.key_ops));
  if (!isForEncryption) throw keyRefused('The JWK is not meant for RSA-OAEP-256.');
  const { kty, n, e } = jwk;
  if (kty !== 'RSA' || typeof n !== 'string' || typeof e !== 'string') {
    throw keyRefused('The JWK is not an RSA public key.');
  }
  try {
    const parts = { kty, n, e };
    return await crypto.subtle.importKey('jwk', parts, algorithm, true, ['encrypt', 'wrapKey']);
  } catch (cause) {
    throw keyRefused('The JWK is not an RSA public key.', cause);
  }
}

function isListWithEncryption(operations: unknown): boolean {
  if (!Array.isArray(operations)) return false;
  return operations.includes('encrypt') || operations.includes('wrapKey');
}
