import { defaultSuite, type TokenSuite } from '../token-suites.ts';
import { checkStrength, hasTwoPrimes } from './check-strength.ts';
import { keyRefused } from './key-refused.ts';
import { readPem } from './read-pem.ts';

/**
 * Imports the private key of a configuration (PKCS#8 in PEM armour), for its suite alone, after a test that it decrypts
 * what its public half encrypts. The result cannot be exported again. Throws `TokenError` `key_refused`.
 */
export async function importPrivateKey(
  pem: string,
  { hash }: TokenSuite = defaultSuite,
): Promise<CryptoKey> {
  const { label, der } = readPem(pem);
  if (label !== 'PRIVATE KEY') throw keyRefused('A private key must be PKCS#8 (PRIVATE KEY).');
  const algorithm = { name: 'RSA-OAEP', hash };
  const jwk = await readParts(der, algorithm);
  checkStrength(jwk);
  if (!hasTwoPrimes(jwk)) throw keyRefused('The modulus is not a product of two primes.');
  const key = await importPkcs8(der, { algorithm, extractable: false });
  if (!(await decryptsItsOwn(key, jwk))) throw keyRefused('The parts of the key do not fit.');
  return key;
}

async function importPkcs8(
  der: Uint8Array<ArrayBuffer>,
  { algorithm, extractable }: { algorithm: RsaHashedImportParams; extractable: boolean },
): Promise<CryptoKey> {
  try {
    const usages = ['decrypt', 'unwrapKey'] as const;
    return await crypto.subtle.importKey('pkcs8', der, algorithm, extractable, usages);
  } catch (cause) {
    throw keyRefused('The text is not an RSA private key.', cause);
  }
}

async function readParts(
  der: Uint8Array<ArrayBuffer>,
  algorithm: RsaHashedImportParams,
): Promise<JsonWebKey> {
  return crypto.subtle.exportKey('jwk', await importPkcs8(der, { algorithm, extractable: true }));
}

async function decryptsItsOwn(key: CryptoKey, { n = '', e = '' }: JsonWebKey): Promise<boolean> {
  const parts = { kty: 'RSA', n, e } as const;
  const { algorithm } = key;
  const sample = crypto.getRandomValues(new Uint8Array(16));
  try {
    const publicKey = await crypto.subtle.importKey('jwk', parts, algorithm, false, ['encrypt']);
    const sealed = await crypto.subtle.encrypt(algorithm, publicKey, sample);
    const opened = new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed));
    return opened.length === sample.length && opened.every((byte, at) => byte === sample[at]);
  } catch {
    return false;
  }
}
