import { findingOf } from '@vitrine/claims';
import { type DecryptedToken, TokenError, type TokenHeader } from '@vitrine/tokens';
import type { ServiceContext } from '../service-context.ts';
import type { StoredConfiguration } from '../store/store.ts';

/** A token whose configuration is known, decrypted; the claims are not checked yet. */
export interface UnlockedToken extends DecryptedToken {
  readonly header: TokenHeader;
  readonly configuration: StoredConfiguration;
}

/**
 * The way of every token into the service, after `readHeader` has refused what needs no key: the
 * configuration is known and enabled, then the token is decrypted with one of its keys.
 * `address`: whose budget a failure is charged to, as `request.ip`; administrators have none.
 * Throws `TokenError` `token_malformed`, `token_refused`; the findings say why, for logs and administrators.
 * Throws `Problem` `rate_limited`, `overloaded`.
 */
export async function unlockToken(
  token: string,
  header: TokenHeader,
  { configurations, decryptor }: ServiceContext,
  address?: string,
): Promise<UnlockedToken> {
  const configuration = await configurations.find(header.kid);
  if (configuration === undefined) throw refused('kid_unknown');
  if (!configuration.enabled) throw refused('kid_disabled');
  return { header, configuration, ...(await decryptor.decrypt(token, configuration, address)) };
}

function refused(code: 'kid_unknown' | 'kid_disabled'): TokenError {
  return new TokenError('token_refused', undefined, { findings: [findingOf(code)] });
}
