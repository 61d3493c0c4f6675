import type { FindingCode, Profile } from '@vitrine/claims';
import type { TokenErrorCode } from '../../token-error.ts';

/** A vector before its token is sealed: what the token is, and what must come of it. */
export interface ValidCase {
  readonly name: string;
  readonly title: string;
  readonly profile?: Profile;
  readonly text: string;
  readonly warnings?: readonly FindingCode[];
  readonly token: (publicKey: string) => string;
}

export interface InvalidCase {
  readonly name: string;
  readonly title: string;
  readonly profile?: Profile;
  readonly code: TokenErrorCode;
  readonly findings: readonly FindingCode[];
  readonly token: (publicKey: string) => string;
}
