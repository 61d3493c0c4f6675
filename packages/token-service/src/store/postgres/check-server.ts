import { StateError } from '../../state-error.ts';
import { integer, text } from '../columns.ts';
import type { Runner } from './database.ts';

const oldestMajor = 15;

const readServer = {
  name: 'read_server',
  text: `SELECT current_setting('server_version_num')::int AS version,
    current_setting('server_encoding') AS encoding`,
};

/** Refuses a server that this release does not know to keep the state right. Throws `StateError` `store_unsupported`. */
export async function checkServer(runner: Runner): Promise<void> {
  const [row = {}] = await runner.rows(readServer, []);
  const refusal = refusalOf(integer(row, 'version'), text(row, 'encoding'));
  if (refusal !== undefined) throw new StateError('store_unsupported', refusal);
}

/** Why a server cannot be used, as a sentence; `version` as in `server_version_num`. */
export function refusalOf(version: number, encoding: string): string | undefined {
  const major = Math.floor(version / 10_000);
  if (major < oldestMajor) {
    return `PostgreSQL ${major} is too old: ${oldestMajor} or later is needed.`;
  }
  if (encoding !== 'UTF8') return `The database has the encoding ${encoding}: UTF8 is needed.`;
  return undefined;
}
