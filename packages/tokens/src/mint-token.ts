import {
  type CheckResult,
  type Claims,
  checkClaims,
  type FindingCode,
  findingOf,
  parseClaims,
} from '@vitrine/claims';
import { CompactEncrypt } from 'jose';
import { maxClaimsBytes } from './decrypt-token.ts';
import { importPublicKey } from './keys/import-public-key.ts';
import type { ConfigurationChecks } from './open-token.ts';
import { isKid } from './read-header.ts';
import { maxTokenLength } from './split-token.ts';
import { TokenError } from './token-error.ts';

export interface MintOptions extends ConfigurationChecks {
  /** Id of the token configuration. */
  readonly kid: string;
  /** The secret of the configuration. Import it once with `importPublicKey` where many tokens are minted. */
  readonly publicKey: string | CryptoKey;
  /** Whether claims are compressed (`zip: DEF`). Default true; with `padTo`, false. */
  readonly compress?: boolean;
  /**
   * Step in bytes, 16 to 65,536: the claims are padded with blanks to a multiple of it, so that the length of the token
   * tells less about them. Compression would undo it, so the two exclude each other. Default none.
   */
  readonly padTo?: number;
  /** Seconds since 1970. Default the system clock. */
  readonly now?: number;
}

/** Claims, or any object with claims of one's own beside them, or either as JSON text. */
export type MintInput = Claims | Readonly<Record<string, unknown>> | string;

/**
 * Mints a token. Throws `TokenError`: `claims_refused` with all findings, `key_refused`; `TypeError` for options that
 * contradict each other.
 */
export async function mintToken(claims: MintInput, options: MintOptions): Promise<string> {
  const { kid, publicKey, padTo, compress = padTo === undefined, now, ...checks } = options;
  if (padTo !== undefined) checkPadding(padTo, compress);
  const checkOptions = { ...checks, now: now ?? Date.now() / 1000, use: 'mint' } as const;
  const isText = typeof claims === 'string';
  const result = isText ? parseClaims(claims, checkOptions) : checkClaims(claims, checkOptions);
  if (!isKid(kid) || result.claims === undefined) throw refused(result, kid);
  const compact = JSON.stringify(isText ? JSON.parse(claims) : claims);
  const plaintext = paddedBytes(compact, padTo);
  if (plaintext.length > maxClaimsBytes) throw tooLarge('json_too_large');
  const key = typeof publicKey === 'string' ? await importPublicKey(publicKey) : publicKey;
  const token = await new CompactEncrypt(plaintext)
    .setProtectedHeader({
      typ: 'JWT',
      alg: 'RSA-OAEP-256',
      enc: 'A128GCM',
      ...(compress && { zip: 'DEF' }),
      kid,
    })
    .encrypt(key);
  if (token.length > maxTokenLength) throw tooLarge('token_too_long');
  return token;
}

function checkPadding(padTo: number, compress: boolean) {
  if (compress) throw new TypeError('padTo and compress exclude each other');
  if (!Number.isInteger(padTo) || padTo < 16 || padTo > 65_536) {
    throw new TypeError('padTo must be a whole number between 16 and 65,536');
  }
}

function refused({ findings }: CheckResult, kid: string): TokenError {
  const all = isKid(kid) ? findings : [findingOf('kid_form', { use: 'mint' }), ...findings];
  return new TokenError('claims_refused', undefined, { findings: all.slice(0, 200) });
}

function tooLarge(code: FindingCode): TokenError {
  return new TokenError('claims_refused', undefined, { findings: [findingOf(code)] });
}

// Blanks after the value are legal JSON (RFC 8259 §2), so every reader opens a padded token.
function paddedBytes(text: string, step = 1): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  const padded = new Uint8Array(Math.ceil(bytes.length / step) * step).fill(0x20);
  padded.set(bytes);
  return padded;
}
