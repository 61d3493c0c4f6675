import { generateKeyPair, publicKeyThumbprint, tokenSuites } from '@vitrine/tokens';
import type { StoredKey } from '../store/store.ts';
import type { KeyVault } from './key-vault.ts';

/** A new key pair of the suite that new keys have: the private half sealed for rest, the public half as the secret to be shown once. */
export async function newKey(
  kid: string,
  vault: KeyVault,
  createdAt: number,
): Promise<{ key: StoredKey; secret: string }> {
  const [suite] = tokenSuites;
  const { publicKey, privateKey } = await generateKeyPair(suite);
  const thumbprint = await publicKeyThumbprint(publicKey);
  const sealed = await vault.seal(kid, privateKey);
  return { key: { thumbprint, sealed, suite: suite.name, createdAt }, secret: publicKey };
}
