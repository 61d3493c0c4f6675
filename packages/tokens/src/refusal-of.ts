import type { Finding } from '@vitrine/claims';
import { TokenError, type TokenErrorCode } from './token-error.ts';

/** The answer to a token whose claims have errors, or undefined where they have none. */
export function refusalOf(findings: readonly Finding[]): TokenError | undefined {
  const code = codeFor(findings.filter(({ severity }) => severity === 'error'));
  return code && new TokenError(code, undefined, { findings });
}

// What a new token would not mend comes first: a page that gets `token_expired` fetches another one.
function codeFor(errors: readonly Finding[]): TokenErrorCode | undefined {
  if (errors.length === 0) return undefined;
  if (errors.some(({ level }) => level === 'structure')) return 'token_malformed';
  if (errors.some(({ code }) => code !== 'expired' && code !== 'not_yet_valid')) {
    return 'token_refused';
  }
  return errors.some(({ code }) => code === 'expired') ? 'token_expired' : 'token_not_yet_valid';
}
