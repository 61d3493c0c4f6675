/**
 * The signed token inside an encrypted one (RFC 7519 §11.2; RFC 8725 §3.1, §3.11):
 *
 *   three canonical segments → header exactly {alg, typ} → signature → claims text
 *
 * `alg` comes from the configuration; what the header says must equal it. `aud` is checked with the claims.
 */
import { parseStrictJson } from '@vitrine/claims';
import { base64url, compactVerify } from 'jose';
import { decodeText } from '../decode-text.ts';
import { isCanonical } from '../split-token.ts';
import type { VerifyKey } from './import-verify-key.ts';
import { refusedSignature } from './refused-signature.ts';
import { signedType } from './signature-algorithm.ts';

const compactPattern = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;
const maxHeaderLength = 256;

/** The claims of a signed token as JSON text, not checked yet. Throws `TokenError` `token_refused`. */
export async function verifySigned(
  signed: string,
  { algorithm, key }: Pick<VerifyKey, 'algorithm' | 'key'>,
): Promise<string> {
  if (!compactPattern.test(signed)) throw refusedSignature('signature_form');
  const segments = signed.split('.');
  const [header = ''] = segments;
  if (!segments.every(isCanonical) || !isExactHeader(header, algorithm)) {
    throw refusedSignature('signature_form');
  }
  const text = decodeText(await verify(signed, { algorithm, key }));
  if (text === undefined) throw refusedSignature('signature_form');
  return text;
}

function isExactHeader(segment: string, algorithm: string): boolean {
  if (segment.length > maxHeaderLength) return false;
  const text = decodeText(base64url.decode(segment));
  const { value } = parseStrictJson(text ?? '');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { alg, typ, ...others }: Partial<Record<string, unknown>> = { ...value };
  return alg === algorithm && typ === signedType && Object.keys(others).length === 0;
}

async function verify(
  signed: string,
  { algorithm, key }: Pick<VerifyKey, 'algorithm' | 'key'>,
): Promise<Uint8Array> {
  try {
    return (await compactVerify(signed, key, { algorithms: [algorithm] })).payload;
  } catch (cause) {
    throw refusedSignature('signature_invalid', cause);
  }
}
