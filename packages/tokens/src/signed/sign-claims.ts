import { CompactSign } from 'jose';
import type { SigningKey } from './import-signing-key.ts';
import { signedType } from './signature-algorithm.ts';

/** The signed token that is then encrypted (RFC 7519 §11.2), as bytes. */
export async function signClaims(
  claims: Uint8Array,
  { algorithm, key }: SigningKey,
): Promise<Uint8Array> {
  const signed = await new CompactSign(claims)
    .setProtectedHeader({ alg: algorithm, typ: signedType })
    .sign(key);
  return new TextEncoder().encode(signed);
}
