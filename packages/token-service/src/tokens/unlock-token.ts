import { findingOf } from '@vitrine/claims';
import {
  type DecryptedToken,
  requireMode,
  suiteOf,
  suiteRefused,
  TokenError,
  type TokenHeader,
  verifySigned,
} from '@vitrine/tokens';
import type { ServiceContext } from '../service-context.ts';
import type { StoredConfiguration } from '../store/store.ts';

/** A token whose configuration is known, decrypted; the claims are not checked yet. */
export interface UnlockedToken extends DecryptedToken {
  readonly header: TokenHeader;
  readonly configuration: StoredConfiguration;
}

/**
 * The way of every token into the service, after `readHeader` has refused what needs no key: the
 * configuration is known, enabled and of the token's mode, and has a key of the token's suite; then the token is
 * decrypted with such a key, then the signature is verified where the configuration demands one.
 * `address`: whose budget a failure is charged to, as `request.ip`; administrators have none.
 * Throws `TokenError` `token_malformed`, `token_refused`; the findings say why, for logs and administrators.
 * Throws `Problem` `rate_limited`, `overloaded`.
 */
export async function unlockToken(
  token: string,
  header: TokenHeader,
  { configurations, decryptor, keyRing }: ServiceContext,
  address?: string,
): Promise<UnlockedToken> {
  const configuration = await configurations.find(header.kid);
  if (configuration === undefined) throw refused('kid_unknown');
  if (!configuration.enabled) throw refused('kid_disabled');
  const { signature } = configuration;
  requireMode(header, signature !== null);
  const suite = suiteOf(header);
  const keys = configuration.keys.filter((key) => key.suite === suite?.name);
  if (suite === undefined || keys.length === 0) throw suiteRefused();
  const decrypted = await decryptor.decrypt(
    token,
    { kid: configuration.kid, keys, suite },
    address,
  );
  if (signature === null) return { header, configuration, ...decrypted };
  const text = await verifySigned(decrypted.text, await keyRing.verifyKey(signature));
  return { header, configuration, ...decrypted, text };
}

function refused(code: 'kid_unknown' | 'kid_disabled'): TokenError {
  return new TokenError('token_refused', undefined, { findings: [findingOf(code)] });
}
