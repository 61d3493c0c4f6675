import { findingOf } from '@vitrine/claims';
import { TokenError } from '../token-error.ts';

type SignatureFinding =
  | 'signature_missing'
  | 'signature_unexpected'
  | 'signature_form'
  | 'signature_invalid';

/** One answer to the outside for everything about signatures; the finding is for administrators. */
export function refusedSignature(code: SignatureFinding, cause?: unknown): TokenError {
  return new TokenError('token_refused', undefined, { findings: [findingOf(code)], cause });
}
