import { integer, integerOrNull } from '../columns.ts';
import type { StoredUsage } from '../store.ts';
import type { Runner } from './database.ts';

const read = {
  name: 'read_usage',
  text: `
    SELECT max(last_used) AS last_used, coalesce(sum(opens), 0)::int8 AS total,
      coalesce(sum(opens) FILTER (WHERE bucket >= $2), 0)::int8 AS since
    FROM vitrine.usage_bucket WHERE kid = $1`,
};

export async function readUsage(
  runner: Runner,
  kid: string,
  sinceBucket: number,
): Promise<StoredUsage> {
  const [row = {}] = await runner.rows(read, [kid, sinceBucket]);
  return {
    lastUsed: integerOrNull(row, 'last_used'),
    total: integer(row, 'total'),
    since: integer(row, 'since'),
  };
}
