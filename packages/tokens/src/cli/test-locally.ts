import { type Finding, findingOf, parseClaims } from '@vitrine/claims';
import { decryptToken } from '../decrypt-token.ts';
import type { ConfigurationChecks } from '../open-token.ts';
import { readHeader, type TokenHeader } from '../read-header.ts';
import type { VerifyKey } from '../signed/import-verify-key.ts';
import { requireMode } from '../signed/require-mode.ts';
import { verifySigned } from '../signed/verify-signed.ts';
import { TokenError } from '../token-error.ts';

/** What a test says about a token, here and over HTTP. */
export interface TestReport {
  readonly valid: boolean;
  readonly findings: readonly Finding[];
  readonly header?: TokenHeader;
  /** The claims as they stand in the token. */
  readonly payload?: unknown;
}

type LocalChecks = ConfigurationChecks & {
  readonly now: number;
  /** Undefined: the configuration takes plain tokens. */
  readonly verifyKey: VerifyKey | undefined;
};

/** Tests a token with its private key: structure and logic. */
export async function testLocally(
  token: string,
  privateKey: CryptoKey,
  { verifyKey, ...checks }: LocalChecks,
): Promise<TestReport> {
  try {
    const header = readHeader(token);
    requireMode(header, verifyKey !== undefined);
    const { text: decrypted } = await decryptToken(token, privateKey);
    const text = verifyKey ? await verifySigned(decrypted, verifyKey) : decrypted;
    const { claims, findings } = parseClaims(text, {
      ...{ ...checks, use: 'test' },
      ...(verifyKey && { audience: header.kid }),
    });
    return { valid: claims !== undefined, findings, header, payload: jsonOf(text) };
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const { findings } = error;
    return { valid: false, findings: findings.length > 0 ? findings : [findingOf('json_invalid')] };
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
