import { parseStrictJson } from '@vitrine/claims';
import { defaultSuite, type TokenSuite } from '../token-suites.ts';
import { checkStrength } from './check-strength.ts';
import { keyRefused } from './key-refused.ts';
import { maxKeyText, readPem } from './read-pem.ts';
import { spkiOfPkcs1 } from './spki-of-pkcs1.ts';

const usages: KeyUsage[] = ['encrypt', 'wrapKey'];

/**
 * Imports the secret of a configuration: SPKI or PKCS#1 in PEM armour, or a JWK, with any line breaks (TOK-2). It is
 * for its suite alone.
 * Throws `TokenError` `key_refused`.
 */
export async function importPublicKey(
  text: string,
  suite: TokenSuite = defaultSuite,
): Promise<CryptoKey> {
  if (text.length > maxKeyText) throw keyRefused('The text is too long for a key.');
  const key = await importAny(text, suite);
  checkStrength(await crypto.subtle.exportKey('jwk', key));
  return key;
}

async function importAny(text: string, suite: TokenSuite): Promise<CryptoKey> {
  const plain = text.replace(/^\ufeff/, '').trim();
  if (plain.startsWith('{')) return importJwk(plain, suite);
  const { label, der } = readPem(text);
  switch (label) {
    case 'PUBLIC KEY':
      return importSpki(der, suite);
    case 'RSA PUBLIC KEY':
      return importSpki(spkiOfPkcs1(der), suite);
    default:
      throw keyRefused('This is a private key; a public key is wanted here.');
  }
}

async function importSpki(der: Uint8Array<ArrayBuffer>, { hash }: TokenSuite): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey('spki', der, { name: 'RSA-OAEP', hash }, true, usages);
  } catch (cause) {
    throw keyRefused('The text is not an RSA public key.', cause);
  }
}

async function importJwk(text: string, { alg, hash }: TokenSuite): Promise<CryptoKey> {
  const { value } = parseStrictJson(text);
  if (typeof value !== 'object' || value === null) throw keyRefused('The JWK is not valid JSON.');
  const jwk: JsonWebKey = { ...value };
  if (jwk.d !== undefined) {
    throw keyRefused('This is a private key; a public key is wanted here.');
  }
  const isForEncryption =
    (jwk.use === undefined || jwk.use === 'enc') &&
    (jwk.alg === undefined || jwk.alg === alg) &&
    (jwk.key_ops === undefined || isListWithEncryption(jwk.key_ops));
  if (!isForEncryption) throw keyRefused(`The JWK is not meant for ${alg}.`);
  const { kty, n, e } = jwk;
  if (kty !== 'RSA' || typeof n !== 'string' || typeof e !== 'string') {
    throw keyRefused('The JWK is not an RSA public key.');
  }
  try {
    const parts = { kty, n, e };
    return await crypto.subtle.importKey('jwk', parts, { name: 'RSA-OAEP', hash }, true, usages);
  } catch (cause) {
    throw keyRefused('The JWK is not an RSA public key.', cause);
  }
}

function isListWithEncryption(operations: unknown): boolean {
  if (!Array.isArray(operations)) return false;
  return operations.includes('encrypt') || operations.includes('wrapKey');
}
