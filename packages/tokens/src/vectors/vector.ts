import type { FindingCode, Profile } from '@vitrine/claims';
import type { TokenErrorCode } from '../token-error.ts';

/** What every vector is checked with. The key pair is for vectors only: the whole world has it. */
export interface VectorKeys {
  readonly notice: string;
  /** The clock, in seconds since 1970. */
  readonly now: number;
  readonly kid: string;
  /** SPKI, PEM. */
  readonly publicKey: string;
  /** PKCS#8, PEM. */
  readonly privateKey: string;
}

interface VectorBase {
  /** Unique, stable. */
  readonly name: string;
  /** What the vector is about, one sentence. */
  readonly title: string;
  /** Profile of the configuration. Default `compatible`. */
  readonly profile?: Profile;
  readonly token: string;
}

/** A token that opens. */
export interface ValidVector extends VectorBase {
  readonly result: 'valid';
  /** Codes of the warnings, sorted; they tell administrators more and change no answer. */
  readonly warnings: readonly FindingCode[];
  /** Hexadecimal SHA-256 of the claims' text, byte for byte. */
  readonly textSha256: string;
  /** The claims' text; absent where it is longer than 2,000 characters. */
  readonly text?: string;
}

/** A token that must be refused with this code. */
export interface InvalidVector extends VectorBase {
  readonly result: 'invalid';
  readonly code: TokenErrorCode;
  /** What refuses it: 1 its text and header, 2 its decryption, 3 its claims. */
  readonly step: 1 | 2 | 3;
  /** Codes of the errors behind the refusal, sorted. */
  readonly findings: readonly FindingCode[];
}

export type Vector = ValidVector | InvalidVector;
