import {
  type CheckOptions,
  type Claims,
  type Finding,
  findingOf,
  parseClaims,
} from '@vitrine/claims';
import { decryptToken } from './decrypt-token.ts';
import { readHeader, type TokenHeader } from './read-header.ts';
import { refusalOf } from './refusal-of.ts';
import type { VerifyKey } from './signed/import-verify-key.ts';
import { requireMode } from './signed/require-mode.ts';
import { verifySigned } from './signed/verify-signed.ts';
import { suiteOf, suiteRefused } from './suite-of.ts';
import { TokenError } from './token-error.ts';
import { defaultSuite, type TokenSuite } from './token-suites.ts';

/** What a token configuration says about the claims it takes. */
export type ConfigurationChecks = Omit<CheckOptions, 'now' | 'use' | 'audience'>;

export interface OpenOptions extends ConfigurationChecks {
  /** The private key of a configuration; undefined for an id that is unknown or disabled. */
  readonly privateKeyFor: (kid: string) => Promise<CryptoKey | undefined>;
  /** The suite of those keys. Default that of TOK-1. */
  readonly suite?: TokenSuite;
  /** Checks of one configuration, in place of those given here for all. */
  readonly checksFor?: (kid: string) => ConfigurationChecks | Promise<ConfigurationChecks>;
  /** The issuer's key of a configuration in signed mode; undefined for one that takes plain tokens. Default: all plain. */
  readonly verifyKeyFor?: (kid: string) => Promise<VerifyKey | undefined>;
  /** Seconds since 1970. Default the system clock. */
  readonly now?: number;
}

export interface OpenedToken {
  readonly claims: Claims;
  readonly header: TokenHeader;
  /** base64url of SHA-256 over the token's decoded bytes: its identity. */
  readonly digest: string;
  /** Warnings. */
  readonly findings: readonly Finding[];
}

/**
 * Opens a token: header → keys → decryption → signature, in signed mode → claims. Throws `TokenError` with the codes `token_malformed`,
 * `token_refused`, `token_expired`, `token_not_yet_valid`.
 */
export async function openToken(token: string, options: OpenOptions): Promise<OpenedToken> {
  const { privateKeyFor, checksFor, verifyKeyFor, suite = defaultSuite, ...others } = options;
  const { now = Date.now() / 1000, ...checksForAll } = others;
  const header = readHeader(token);
  const privateKey = await privateKeyFor(header.kid);
  if (privateKey === undefined) {
    throw new TokenError('token_refused', undefined, { findings: [findingOf('kid_unknown')] });
  }
  if (suiteOf(header) !== suite) throw suiteRefused();
  const verifyKey = await verifyKeyFor?.(header.kid);
  requireMode(header, verifyKey !== undefined);
  const { text: decrypted, digest } = await decryptToken(token, privateKey, suite);
  const text = verifyKey ? await verifySigned(decrypted, verifyKey) : decrypted;
  const checks = checksFor ? await checksFor(header.kid) : checksForAll;
  const { claims, findings } = parseClaims(text, {
    ...{ ...checks, now, use: 'open' },
    ...(verifyKey && { audience: header.kid }),
  });
  if (claims === undefined) throw refusalOf(findings) ?? new TokenError('token_refused');
  return { claims, header, digest, findings };
}
