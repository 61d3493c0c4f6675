import type { TokenHeader } from '../read-header.ts';
import { refusedSignature } from './refused-signature.ts';

/**
 * A configuration in signed mode never takes a plain token, and one in plain mode never a signed one: otherwise whoever
 * knows the encryption key alone could mint. Needs no key. Throws `TokenError` `token_refused`.
 */
export function requireMode({ cty }: TokenHeader, isSignedMode: boolean): void {
  if (isSignedMode && cty === undefined) throw refusedSignature('signature_missing');
  if (!isSignedMode && cty !== undefined) throw refusedSignature('signature_unexpected');
}
