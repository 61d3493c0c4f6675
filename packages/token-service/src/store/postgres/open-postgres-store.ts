import type { Store } from '../store.ts';
import type { DatabaseOptions } from './database.ts';

/**
 * Opens the state in the database that `url` names, in its schema `vitrine`, which is made or
 * brought up to date. Any number of processes and machines may share it. While the server is away
 * every call throws `store_unavailable`; connections come back by themselves.
 * Throws `StateError` `store_unavailable`, `store_unsupported` or `state_too_new`, never with the URL.
 */
export async function openPostgresStore(
  url: string,
  options: DatabaseOptions = {},
): Promise<Store> {
  // The driver is loaded by those who use it.
  const { connectStore } = await import('./postgres-store.ts');
  return connectStore(url, options);
}
