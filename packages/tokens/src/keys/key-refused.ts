import { TokenError } from '../token-error.ts';

/** A `key_refused` error. The message says why, and never quotes the key. */
export function keyRefused(message: string, cause?: unknown): TokenError {
  return new TokenError('key_refused', message, { cause });
}
