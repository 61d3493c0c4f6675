import { text } from '../columns.ts';
import type { Runner } from './database.ts';

/** The update changes nothing: it makes the statement return the row that was there first. */
const keep = {
  name: 'keep_master_key_check',
  text: `INSERT INTO vitrine.master_key_check AS kept (only_row, sealed) VALUES (1, $1)
    ON CONFLICT (only_row) DO UPDATE SET sealed = kept.sealed RETURNING sealed`,
};

export async function keepMasterKeyCheck(runner: Runner, value: string): Promise<string> {
  const [row = {}] = await runner.rows(keep, [value]);
  return text(row, 'sealed');
}
