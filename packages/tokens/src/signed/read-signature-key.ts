import { parseStrictJson } from '@vitrine/claims';
import { keyRefused } from '../keys/key-refused.ts';
import { maxKeyText, readPem } from '../keys/read-pem.ts';
import { keyAlgorithms, signatureAlgorithms } from './signature-algorithm.ts';

/** The members of a key for signatures, from PEM armour or JWK text. Throws `TokenError` `key_refused`. */
export async function readSignatureKey(
  text: string,
  half: 'public' | 'private',
): Promise<JsonWebKey> {
  if (text.length > maxKeyText) throw keyRefused('The text is too long for a key.');
  const plain = text.replace(/^\ufeff/, '').trim();
  if (plain.startsWith('{')) return readJwk(plain);
  const { label, der } = readPem(text);
  const isPublic = label === 'PUBLIC KEY';
  if (!isPublic && label !== 'PRIVATE KEY') {
    throw keyRefused('Write the key as SPKI (PUBLIC KEY), PKCS#8 (PRIVATE KEY) or JWK.');
  }
  if (isPublic !== (half === 'public')) throw keyRefused(`A ${half} key is wanted here.`);
  return membersOf(der, isPublic ? 'spki' : 'pkcs8');
}

function readJwk(text: string): JsonWebKey {
  const { value } = parseStrictJson(text);
  if (typeof value !== 'object' || value === null) throw keyRefused('The JWK is not valid JSON.');
  return { ...value };
}

// DER names its own algorithm, so that at most one of these takes it.
async function membersOf(
  der: Uint8Array<ArrayBuffer>,
  format: 'spki' | 'pkcs8',
): Promise<JsonWebKey> {
  const usages = [format === 'spki' ? 'verify' : 'sign'] as const;
  for (const algorithm of signatureAlgorithms) {
    try {
      const { subtle } = crypto;
      const key = await subtle.importKey(format, der, keyAlgorithms[algorithm], true, usages);
      return await subtle.exportKey('jwk', key);
    } catch {
      // Not a key of this algorithm.
    }
  }
  throw keyRefused('The key is neither P-256 nor Ed25519 nor RSA.');
}
