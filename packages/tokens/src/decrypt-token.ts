import { findingOf } from '@vitrine/claims';
import { compactDecrypt } from 'jose';
import { decodeText } from './decode-text.ts';
import { byteLength, splitToken } from './split-token.ts';
import { tokenDigest } from './token-digest.ts';
import { TokenError } from './token-error.ts';
import { defaultSuite, type TokenSuite } from './token-suites.ts';

/** The most that a token may inflate to: a legal token can have 458,430 bytes of escaped claims. */
export const maxClaimsBytes = 1_048_576;

export interface DecryptedToken {
  /** The claims as JSON text, not checked yet. */
  readonly text: string;
  /** base64url of SHA-256 over the token's decoded bytes: its identity. */
  readonly digest: string;
}

/**
 * Decrypts a token with a key of the given suite. To be called after `readHeader`; the form of the text is checked here
 * again, and the algorithms come from the suite, never from the token (RFC 8725 §3.1).
 * Throws `TokenError`: `token_malformed` for the form and for claims that are not UTF-8, `token_refused` for everything
 * else, be it the key, the tag or the compression.
 */
export async function decryptToken(
  token: string,
  privateKey: CryptoKey,
  suite: TokenSuite = defaultSuite,
): Promise<DecryptedToken> {
  const segments = splitToken(token);
  if (byteLength(segments.encryptedKey) !== modulusBytes(privateKey)) throw refused();
  const plaintext = await decrypt(token, privateKey, suite);
  const text = decodeText(plaintext);
  if (text === undefined) {
    throw new TokenError('token_malformed', undefined, { findings: [findingOf('json_not_utf8')] });
  }
  return { text, digest: await tokenDigest(Object.values(segments)) };
}

async function decrypt(
  token: string,
  privateKey: CryptoKey,
  { alg, enc }: TokenSuite,
): Promise<Uint8Array> {
  try {
    const { plaintext } = await compactDecrypt(token, privateKey, {
      keyManagementAlgorithms: [alg],
      contentEncryptionAlgorithms: [enc],
      maxDecompressedLength: maxClaimsBytes,
    });
    return plaintext;
  } catch (cause) {
    throw refused(cause);
  }
}

function refused(cause?: unknown): TokenError {
  const findings = [findingOf('not_decryptable')];
  return new TokenError('token_refused', undefined, { findings, cause });
}

function modulusBytes({ algorithm }: CryptoKey): number {
  const bits = 'modulusLength' in algorithm ? Number(algorithm.modulusLength) : 0;
  return Math.ceil(bits / 8);
}
