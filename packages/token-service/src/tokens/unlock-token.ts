import { findingOf } from '@vitrine/claims';
import { type DecryptedToken, decryptToken, TokenError, type TokenHeader } from '@vitrine/tokens';
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
 * Throws `TokenError` `token_malformed`, `token_refused`; the findings say why, for logs and administrators.
 */
export async function unlockToken(
  token: string,
  header: TokenHeader,
  { configurations, keyRing }: ServiceContext,
): Promise<UnlockedToken> {
  const configuration = await configurations.find(header.kid);
  if (configuration === undefined) throw refused('kid_unknown');
  if (!configuration.enabled) throw refused('kid_disabled');
  for (const key of configuration.keys) {
    try {
      const privateKey = await keyRing.privateKey(header.kid, key);
      return { header, configuration, ...(await decryptToken(token, privateKey)) };
    } catch (error) {
      if (!(error instanceof TokenError && error.code === 'token_refused')) throw error;
    }
  }
  throw refused('not_decryptable');
}

function refused(code: 'kid_unknown' | 'kid_disabled' | 'not_decryptable'): TokenError {
  return new TokenError('token_refused', undefined, { findings: [findingOf(code)] });
}
