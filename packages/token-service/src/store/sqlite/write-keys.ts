import { integer } from '../columns.ts';
import type { Reseal, StoredKey } from '../store.ts';
import type { Statements } from './statements.ts';

const mostKeys = 2;

export function insertKey(kid: string, key: StoredKey, statements: Statements): void {
  const { thumbprint, sealed, suite, createdAt } = key;
  statements.run(
    'INSERT INTO configuration_key (thumbprint, kid, sealed, suite, created_at) VALUES (?, ?, ?, ?, ?)',
    ...[thumbprint, kid, sealed, suite, createdAt],
  );
}

/** Adds the next key to a configuration in the store that has one only. */
export function addKey(kid: string, key: StoredKey, statements: Statements): boolean {
  const row = statements.row(
    `SELECT count(k.kid) AS keys FROM configuration c JOIN configuration_key k ON k.kid = c.kid
     WHERE c.kid = ? AND c.deleted_at IS NULL`,
    kid,
  );
  const keys = row === undefined ? 0 : integer(row, 'keys');
  if (keys === 0 || keys >= mostKeys) return false;
  insertKey(kid, key, statements);
  return true;
}

/** Leaves the newest key only. */
export function retireKeys(kid: string, statements: Statements): boolean {
  const retired = statements.run(
    `DELETE FROM configuration_key WHERE kid = ?1 AND rowid <> (
       SELECT rowid FROM configuration_key WHERE kid = ?1 ORDER BY created_at DESC, rowid DESC LIMIT 1)`,
    kid,
  );
  return retired > 0;
}

/** Looks first and writes then: the write lock is held all the while, and a part must not stay. */
export function resealKeys(
  keys: readonly Reseal[],
  check: Reseal,
  statements: Statements,
): boolean {
  const all = statements.row('SELECT count(*) AS keys FROM configuration_key');
  if (all === undefined || integer(all, 'keys') !== keys.length) return false;
  const rests = (table: string, { from }: Reseal) =>
    statements.row(`SELECT 1 FROM ${table} WHERE sealed = ?`, from) !== undefined;
  if (!rests('master_key_check', check)) return false;
  if (!keys.every((key) => rests('configuration_key', key))) return false;
  for (const { from, to } of keys) {
    statements.run('UPDATE configuration_key SET sealed = ? WHERE sealed = ?', to, from);
  }
  statements.run('UPDATE master_key_check SET sealed = ? WHERE sealed = ?', check.to, check.from);
  return true;
}
