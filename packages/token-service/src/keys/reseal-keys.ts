import { StateError } from '../state-error.ts';
import type { Store } from '../store/store.ts';
import { type KeyVault, masterKeyCheck } from './key-vault.ts';

const maxAttempts = 5;

/**
 * Seals all private keys anew, from the previous master key to the present one, in one transaction. False: they were
 * sealed with the present one before. Throws `StateError` `master_key_wrong` where neither of the two fits.
 */
export async function resealKeys(
  store: Store,
  previous: KeyVault,
  present: KeyVault,
): Promise<boolean> {
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const fresh = await present.seal(masterKeyCheck, masterKeyCheck);
    const kept = await store.keepMasterKeyCheck(fresh);
    if (await isSealedBy(present, kept)) return false;
    await previous.unseal(masterKeyCheck, kept);
    const configurations = await store.listConfigurations();
    const keys = configurations.flatMap(({ kid, keys }) =>
      keys.map(({ sealed }) => ({ kid, sealed })),
    );
    const resealed = await Promise.all(
      keys.map(async ({ kid, sealed }) => ({
        from: sealed,
        to: await present.seal(kid, await previous.unseal(kid, sealed)),
      })),
    );
    // Another process may have made or destroyed a key in the meantime.
    if (await store.resealKeys(resealed, { from: kept, to: fresh })) return true;
  }
  throw new StateError('store_unavailable', 'The keys keep changing. Stop the other processes.');
}

async function isSealedBy(vault: KeyVault, kept: string): Promise<boolean> {
  try {
    await vault.unseal(masterKeyCheck, kept);
    return true;
  } catch (error) {
    if (error instanceof StateError && error.code === 'master_key_wrong') return false;
    throw error;
  }
}
