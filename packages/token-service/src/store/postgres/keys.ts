import { integer } from '../columns.ts';
import type { Reseal, StoredKey } from '../store.ts';
import type { Database } from './database.ts';

const mostKeys = 2;

/** Keys of one configuration change one after the other. */
const lockConfiguration = {
  name: 'lock_configuration',
  text: 'SELECT kid FROM vitrine.configuration WHERE kid = $1 AND deleted_at IS NULL FOR UPDATE',
};
const countOf = {
  name: 'count_keys_of',
  text: 'SELECT count(*) AS keys FROM vitrine.configuration_key WHERE kid = $1',
};
const add = {
  name: 'add_key',
  text: `INSERT INTO vitrine.configuration_key (thumbprint, kid, sealed, created_at, suite)
    VALUES ($1, $2, $3, $4, $5)`,
};
const retire = {
  name: 'retire_keys',
  text: `DELETE FROM vitrine.configuration_key WHERE kid = $1 AND seq <> (
    SELECT seq FROM vitrine.configuration_key WHERE kid = $1 ORDER BY created_at DESC, seq DESC LIMIT 1)`,
};
const lockKeys = {
  name: 'lock_keys',
  text: 'LOCK TABLE vitrine.configuration_key IN EXCLUSIVE MODE',
};
const countAll = {
  name: 'count_keys',
  text: `SELECT count(*) AS keys, count(*) FILTER (WHERE sealed = ANY ($1::text[])) AS known,
      (SELECT count(*) FROM vitrine.master_key_check WHERE sealed = $2) AS checks
    FROM vitrine.configuration_key`,
};
const reseal = {
  name: 'reseal_keys',
  text: `UPDATE vitrine.configuration_key k SET sealed = changed.after
    FROM unnest($1::text[], $2::text[]) AS changed (before, after) WHERE k.sealed = changed.before`,
};
const resealCheck = {
  name: 'reseal_check',
  text: 'UPDATE vitrine.master_key_check SET sealed = $2 WHERE sealed = $1',
};

export async function addKey(database: Database, kid: string, key: StoredKey): Promise<boolean> {
  return await database.transaction(async (runner) => {
    if (!(await runner.run(lockConfiguration, [kid]))) return false;
    const [row = {}] = await runner.rows(countOf, [kid]);
    if (integer(row, 'keys') >= mostKeys) return false;
    return await runner.run(add, [...[key.thumbprint, kid, key.sealed, key.createdAt, key.suite]]);
  });
}

export async function retireKeys(database: Database, kid: string): Promise<boolean> {
  return await database.transaction(async (runner) => {
    if (!(await runner.run(lockConfiguration, [kid]))) return false;
    return await runner.run(retire, [kid]);
  });
}

export async function resealKeys(
  database: Database,
  keys: readonly Reseal[],
  check: Reseal,
): Promise<boolean> {
  const before = keys.map(({ from }) => from);
  return await database.transaction(async (runner) => {
    await runner.run(lockKeys, []);
    const [row = {}] = await runner.rows(countAll, [before, check.from]);
    const areThose =
      integer(row, 'keys') === keys.length &&
      integer(row, 'known') === keys.length &&
      integer(row, 'checks') === 1;
    if (!areThose) return false;
    await runner.run(reseal, [before, keys.map(({ to }) => to)]);
    return await runner.run(resealCheck, [check.from, check.to]);
  });
}
