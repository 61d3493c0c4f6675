import type { Profile } from './claims.ts';
import type { FindingCode } from './finding-codes.ts';
import { findingCodes } from './finding-codes.ts';
import { pointerOf } from './json-pointer.ts';

/** The three levels of validation (VAL-1). */
export type Level = 'structure' | 'logic' | 'data';

export type Severity = 'error' | 'warning';

/** What the claims are checked for. */
export type Use = 'mint' | 'open' | 'test';

/** One row of the table of codes. */
export interface CodeEntry {
  readonly level: Level;
  readonly severity: Severity;
  /** Severity in a compatible configuration, where it depends on the use. */
  readonly at?: Readonly<Partial<Record<Use, Severity>>>;
  /** Severity in a strict configuration, for every use. */
  readonly strict?: Severity;
  readonly message: string;
  readonly hint: string;
}

/** One thing that is wrong or doubtful about a token. */
export interface Finding {
  readonly level: Level;
  readonly severity: Severity;
  readonly code: FindingCode;
  /** Where, as a JSON pointer (RFC 6901) into the claims, or into the header for findings about the header. */
  readonly pointer: string;
  /** A plain sentence. Never holds a value of the token. */
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

export interface FindingPlace {
  /** Names and indexes from the root to the place; the root by default. */
  readonly path?: readonly (string | number)[];
  /** Replaces the hint of the table where more is known. */
  readonly hint?: string;
  /** Default `test`. */
  readonly use?: Use;
  /** Default `compatible`. */
  readonly profile?: Profile;
}

/** Makes a finding from the table of codes. */
export function findingOf(code: FindingCode, place: FindingPlace = {}): Finding {
  const { path = [], hint, use = 'test', profile = 'compatible' } = place;
  const entry: CodeEntry = findingCodes[code];
  const strict = profile === 'strict' ? entry.strict : undefined;
  return {
    level: entry.level,
    severity: strict ?? entry.at?.[use] ?? entry.severity,
    code,
    pointer: pointerOf(path),
    message: entry.message,
    hint: hint ?? entry.hint,
  };
}
