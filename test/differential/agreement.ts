import type { AclRule } from '@vitrine/claims';
import type { Case } from './arbitrary-query.ts';
import { sameRows } from './compare-rows.ts';
import type { Outcome, StarEngines } from './star-engines.ts';

/** True for the same rows, or the same refusal. */
export function isSame(one: Outcome, other: Outcome): boolean {
  if (!('rows' in one) || !('rows' in other)) {
    return 'code' in one && 'code' in other && one.code === other.code;
  }
  const [totals = [], others = []] = [one.totals, other.totals];
  return (
    sameRows(one.rows, other.rows) &&
    totals.length === others.length &&
    totals.every((rows, index) => sameRows(rows, others[index] ?? []))
  );
}

/**
 * The answer to a case under rules, which all engines give, and those with a physical copy on the copy too.
 * Throws `Error` with all answers where they differ.
 */
export async function agreedAnswer(
  star: StarEngines,
  asked: Case,
  ruleSets: readonly (readonly AclRule[])[],
  ruleSet: number,
): Promise<Outcome> {
  const rules = ruleSets[ruleSet] ?? [];
  const [duckdb, postgres, clickhouse, duckdbCopy, postgresCopy] = await Promise.all([
    star.secured('duckdb', asked, rules),
    star.secured('postgres', asked, rules),
    star.secured('clickhouse', asked, rules),
    star.onCopy('duckdb', asked, ruleSet),
    star.onCopy('postgres', asked, ruleSet),
  ]);
  const answers = { duckdb, postgres, clickhouse, duckdbCopy, postgresCopy };
  const given = Object.values(answers).filter(
    (one) => !('code' in one && one.code === 'query_failed'),
  );
  if (given.every((answer) => isSame(postgres, answer))) return postgres;
  throw new Error(`The answers differ.\n${JSON.stringify({ rules, asked, answers }, null, 1)}`);
}
