import type { FindingCode } from '@vitrine/claims';
import { findingOf } from '@vitrine/claims';
import { TokenError } from './token-error.ts';

/** The longest token text, characters: every legal token fits, also without compression. */
export const maxTokenLength = 655_360;

const maxHeaderLength = 1_024;
/** Bytes of a modulus of 2048 and of 4096 bits. */
const shortestModulus = 256;
const longestModulus = 512;
const ivLength = 16;
const tagLength = 22;

/** The five segments of a compact JWE (RFC 7516 §7.1), still base64url. */
export interface TokenSegments {
  readonly header: string;
  readonly encryptedKey: string;
  readonly iv: string;
  readonly ciphertext: string;
  readonly tag: string;
}

const compactPattern = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){4}$/;
// A last character may only carry bits that belong to a byte: otherwise one token would have many spellings.
const lastOfTwo = 'AQgw';
const lastOfThree = 'AEIMQUYcgkosw048';

/**
 * Splits a token after the checks that need no key: length, number of segments, canonical base64url, and the
 * lengths of encrypted key, initialisation vector and tag. Throws `TokenError` `token_malformed`.
 */
export function splitToken(token: string): TokenSegments {
  if (token.length > maxTokenLength) throw malformed('token_too_long');
  if (!hasFourDots(token)) throw malformed('token_segments');
  if (!compactPattern.test(token)) throw malformed('token_not_base64url');
  const [header = '', encryptedKey = '', iv = '', ciphertext = '', tag = ''] = token.split('.');
  if (![header, encryptedKey, iv, ciphertext, tag].every(isCanonical)) {
    throw malformed('token_not_base64url');
  }
  const modulusLength = byteLength(encryptedKey);
  if (
    header.length > maxHeaderLength ||
    modulusLength < shortestModulus ||
    modulusLength > longestModulus ||
    iv.length !== ivLength ||
    tag.length !== tagLength
  ) {
    throw malformed('token_segment_length');
  }
  return { header, encryptedKey, iv, ciphertext, tag };
}

/** Bytes that a base64url segment stands for. */
export function byteLength(segment: string): number {
  return Math.floor((segment.length * 3) / 4);
}

// Counted before anything is split, so that a text of dots costs no memory.
function hasFourDots(token: string): boolean {
  let dots = 0;
  for (let at = token.indexOf('.'); at >= 0 && dots < 5; at = token.indexOf('.', at + 1)) dots++;
  return dots === 4;
}

/** Whether base64url decodes and encodes to itself. */
export function isCanonical(segment: string): boolean {
  const last = segment.charAt(segment.length - 1);
  switch (segment.length % 4) {
    case 0:
      return true;
    case 2:
      return lastOfTwo.includes(last);
    case 3:
      return lastOfThree.includes(last);
    default:
      return false;
  }
}

function malformed(code: FindingCode): TokenError {
  return new TokenError('token_malformed', undefined, { findings: [findingOf(code)] });
}
