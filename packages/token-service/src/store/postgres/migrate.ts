import { StateError } from '../../state-error.ts';
import { flag, integer } from '../columns.ts';
import type { Database, Runner } from './database.ts';
import { migrations } from './migrations.ts';

/** Advisory locks are known by a number: this is "vitrine" in ASCII. */
const lockKey = '33329996108492389';

const lock = { name: 'lock_schema', text: 'SELECT pg_advisory_xact_lock($1::int8)' };
const findVersion = {
  name: 'find_schema_version',
  text: `SELECT to_regclass('vitrine.schema_version') IS NOT NULL AS exists`,
};
const readVersion = {
  name: 'read_schema_version',
  text: 'SELECT version FROM vitrine.schema_version',
};
const writeVersion = {
  name: 'write_schema_version',
  text: `INSERT INTO vitrine.schema_version (only_row, version) VALUES (1, $1)
    ON CONFLICT (only_row) DO UPDATE SET version = excluded.version`,
};
const foundation = `
  CREATE SCHEMA IF NOT EXISTS vitrine;
  CREATE TABLE vitrine.schema_version (
    only_row int4 PRIMARY KEY CHECK (only_row = 1),
    version int4 NOT NULL
  )`;

/**
 * Brings the schema `vitrine` to this release's version, in one transaction and under a lock: of
 * several processes that start together, one does it. A schema that is up to date is only read, so
 * the user needs no right to create anything then. Throws `StateError` `state_too_new`,
 * `store_unavailable`.
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (runner) => {
    await runner.rows(lock, [lockKey]);
    const version = await versionOf(runner);
    if (version > migrations.length) {
      throw new StateError(
        'state_too_new',
        'The state was written by a newer release of Vitrine. Start that release, or restore an older copy.',
      );
    }
    if (version === migrations.length) return;
    for (const text of [...(version === 0 ? [foundation] : []), ...migrations.slice(version)]) {
      // Without a name and values the driver sends the text as it is, and it may hold many statements.
      await runner.run({ name: '', text }, []);
    }
    await runner.run(writeVersion, [migrations.length]);
  });
}

async function versionOf(runner: Runner): Promise<number> {
  const [found = {}] = await runner.rows(findVersion, []);
  if (!flag(found, 'exists')) return 0;
  const [row = {}] = await runner.rows(readVersion, []);
  return integer(row, 'version');
}
