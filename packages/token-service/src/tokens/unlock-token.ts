import { findingOf } from '@vitrine/claims';
import {
  type DecryptedToken,
  decryptToken,
  requireMode,
  TokenError,
  type TokenHeader,
  verifySigned,
} from '@vitrine/tokens';
import type { KeyRing } from '../keys/key-ring.ts';
import type { ServiceContext } from '../service-context.ts';
import type { StoredConfiguration } from '../store/store.ts';

/** A token whose configuration is known, decrypted; the claims are not checked yet. */
export interface UnlockedToken extends DecryptedToken {
  readonly header: TokenHeader;
  readonly configuration: StoredConfiguration;
}

/**
 * The way of every token into the service, after `readHeader` has refused what needs no key: the
 * configuration is known, enabled and of the token's mode, then the token is decrypted with one of its keys, then the
 * signature is verified where the configuration demands one.
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
  const { signature } = configuration;
  requireMode(header, signature !== null);
  const decrypted = await decryptWithAny(token, configuration, keyRing);
  if (signature === null) return { header, configuration, ...decrypted };
  const text = await verifySigned(decrypted.text, await keyRing.verifyKey(signature));
  return { header, configuration, ...decrypted, text };
}

/** Newest key first: while a rotation is under way, tokens of the old one cost a second attempt. */
async function decryptWithAny(
  token: string,
  { kid, keys }: StoredConfiguration,
  keyRing: KeyRing,
): Promise<DecryptedToken> {
  for (const key of keys) {
    try {
      return await decryptToken(token, await keyRing.privateKey(kid, key));
    } catch (error) {
      if (!(error instanceof TokenError && error.code === 'token_refused')) throw error;
    }
  }
  throw refused('not_decryptable');
}

function refused(code: 'kid_unknown' | 'kid_disabled' | 'not_decryptable'): TokenError {
  return new TokenError('token_refused', undefined, { findings: [findingOf(code)] });
}
