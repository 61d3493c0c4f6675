import {
  type CheckResult,
  type Claims,
  checkClaims,
  type FindingCode,
  findingOf,
  parseClaims,
  parseStrictJson,
} from '@vitrine/claims';
import { CompactEncrypt } from 'jose';
import { maxClaimsBytes } from './decrypt-token.ts';
import { importPublicKey } from './keys/import-public-key.ts';
import type { ConfigurationChecks } from './open-token.ts';
import { isKid } from './read-header.ts';
import type { SigningKey } from './signed/import-signing-key.ts';
import { signClaims } from './signed/sign-claims.ts';
import { maxTokenLength } from './split-token.ts';
import { TokenError } from './token-error.ts';
import { defaultSuite, type TokenSuite } from './token-suites.ts';

export interface EncryptOptions {
  /** Id of the token configuration. */
  readonly kid: string;
  /** The secret of the configuration. Import it once with `importPublicKey` where many tokens are minted. */
  readonly publicKey: string | CryptoKey;
  /** The suite of that secret. Default that of TOK-1. */
  readonly suite?: TokenSuite;
  /**
   * Signs the claims before they are encrypted, for a configuration in signed mode. `aud` is set to the `kid` where the
   * claims do not have it. Default none.
   */
  readonly signingKey?: SigningKey;
  /** Whether claims are compressed (`zip: DEF`). Default true; with `padTo`, false. */
  readonly compress?: boolean;
  /**
   * Step in bytes, 16 to 65,536: the claims are padded with blanks to a multiple of it, so that the length of the token
   * tells less about them. Compression would undo it, so the two exclude each other. Default none.
   */
  readonly padTo?: number;
}

export interface MintOptions extends EncryptOptions, ConfigurationChecks {
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
  const { kid, publicKey, signingKey, suite, compress, padTo, ...others } = options;
  const { now = Date.now() / 1000, ...checks } = others;
  const audience = signingKey && { audience: kid };
  const checkOptions = { ...checks, ...audience, now, use: 'mint' } as const;
  const written = signingKey ? withAudience(claims, kid) : claims;
  const isText = typeof written === 'string';
  const result = isText ? parseClaims(written, checkOptions) : checkClaims(written, checkOptions);
  if (!isKid(kid) || result.claims === undefined) throw refused(result, kid);
  return encryptClaims(JSON.stringify(isText ? JSON.parse(written) : written), options);
}

/**
 * Encrypts claims that have been checked, as JSON text. Throws `TokenError` `claims_refused` where they are too long, and
 * `key_refused`; `TypeError` for options that contradict each other.
 */
export async function encryptClaims(
  json: string,
  { kid, publicKey, signingKey, suite = defaultSuite, padTo, ...more }: EncryptOptions,
): Promise<string> {
  const { compress = padTo === undefined } = more;
  if (padTo !== undefined) checkPadding(padTo, compress);
  const compact = paddedBytes(json, padTo);
  const plaintext = signingKey ? await signClaims(compact, signingKey) : compact;
  if (plaintext.length > maxClaimsBytes) throw tooLarge('json_too_large');
  const key = typeof publicKey === 'string' ? await importPublicKey(publicKey, suite) : publicKey;
  const token = await new CompactEncrypt(plaintext)
    .setProtectedHeader({
      typ: 'JWT',
      ...{ alg: suite.alg, enc: suite.enc },
      ...(compress && { zip: 'DEF' }),
      ...(signingKey && { cty: 'JWT' }),
      kid,
    })
    .encrypt(key);
  if (token.length > maxTokenLength) throw tooLarge('token_too_long');
  return token;
}

/** What is not an object, or not JSON, is left for the check to refuse. */
function withAudience(claims: MintInput, kid: string): MintInput {
  const value = typeof claims === 'string' ? parseStrictJson(claims).value : claims;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && !('aud' in value) ? { ...value, aud: kid } : claims;
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
