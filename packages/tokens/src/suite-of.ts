import { findingOf } from '@vitrine/claims';
import { TokenError } from './token-error.ts';
import { type TokenSuite, tokenSuites } from './token-suites.ts';

/** The suite whose pair a header names. Undefined: none has exactly this pair. */
export function suiteOf(header: {
  readonly alg?: unknown;
  readonly enc?: unknown;
}): TokenSuite | undefined {
  return tokenSuites.find(({ alg, enc }) => alg === header.alg && enc === header.enc);
}

/** The suite that a stored key names. Undefined: one of a newer release. */
export function suiteNamed(name: string): TokenSuite | undefined {
  return tokenSuites.find((suite) => suite.name === name);
}

/** For a token of a suite that its configuration has no key of, before any decryption: `token_refused`. */
export function suiteRefused(): TokenError {
  return new TokenError('token_refused', undefined, { findings: [findingOf('suite_refused')] });
}
