import type { Finding } from '@vitrine/claims';

/** Every code of a `TokenError`. The first four are also the public answers of a service that opens tokens. */
export const tokenErrors = {
  /** Text, header or claims do not have the form of a token. */
  token_malformed: 'The token is malformed.',
  /** Unknown key id, wrong key, tampered, or claims that its configuration does not take: one answer for all. */
  token_refused: 'The token was refused.',
  /** `exp` is reached. */
  token_expired: 'The token has expired.',
  /** `nbf` is not reached. */
  token_not_yet_valid: 'The token is not valid yet.',
  /** The claims or the key id to mint with have errors; `findings` has them all. */
  claims_refused: 'The claims have errors.',
  /** The key is none, or is not an RSA key of 2048 to 4096 bits with exponent 65537. */
  key_refused: 'The key was refused.',
} as const;

export type TokenErrorCode = keyof typeof tokenErrors;

/** Bad input of the one who calls, who wants to find the place. What a stranger's token is refused with has no stack: to take one costs more than the refusal. */
const withStack: ReadonlySet<TokenErrorCode> = new Set(['claims_refused', 'key_refused']);

/** What this package throws for bad input from outside. The message never holds a token, key or claim. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  readonly code: TokenErrorCode;
  /** Why, for administrators: not for the viewer of a refused token. */
  readonly findings: readonly Finding[];

  constructor(
    code: TokenErrorCode,
    message: string = tokenErrors[code],
    { findings = [], ...options }: ErrorOptions & { findings?: readonly Finding[] } = {},
  ) {
    const { stackTraceLimit } = Error;
    if (!withStack.has(code)) Error.stackTraceLimit = 0;
    super(message, options);
    Error.stackTraceLimit = stackTraceLimit;
    this.code = code;
    this.findings = findings;
  }
}
