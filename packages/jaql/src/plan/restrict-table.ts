/**
 * Row security. A table is read through the rules on it and through the rules on every table that it is related to, however
 * far: of each neighbour on the way to a rule, a row must exist that is itself allowed when looked at from there.
 *
 *     rule on Country, query on Commerce:   Commerce where brand in (Brand where country in (Country where rule))
 *     rule on Commerce, query on Country:   the same way walked from the other end
 *
 * Relations form a forest (`checkModel`), so the walk ends, and each restriction is met once. Rows whose key leads nowhere
 * fail a rule on the other side, exclusionary ones too.
 */
import { JaqlError } from '../jaql-error.ts';
import type { ModelIndex } from '../model/model-index.ts';
import type { Condition, Relation, TableRef } from './plan.ts';
import type { RuleBook } from './rule-book.ts';

/** What planning one query needs throughout. */
export interface Planning {
  readonly index: ModelIndex;
  readonly rules: RuleBook;
  /** What each table is read from. */
  readonly relations: ReadonlyMap<string, Relation>;
  nextAlias(): string;
}

/**
 * The table as data security leaves it, but for what the neighbours in `apart` ask of it: the one that it is looked at from,
 * and those that are joined to it by an inner join. Code `rule_unreachable`.
 */
export function restrictTable(
  table: string,
  planning: Planning,
  apart: ReadonlySet<string>,
): TableRef {
  const { index, rules } = planning;
  const alias = planning.nextAlias();
  const own = (rules.get(table) ?? []).map(
    ({ column, filter }): Condition => ({
      kind: 'test',
      of: { kind: 'column', alias, column },
      filter,
    }),
  );
  const towardsRules = firstStepsTowardsRules(table, planning);
  const related = index
    .stepsOf(table)
    .filter((step) => !apart.has(step.to) && towardsRules.has(step.to))
    .map((step): Condition => {
      const neighbour = restrictTable(step.to, planning, new Set([table]));
      return {
        kind: 'related',
        of: { kind: 'column', alias, column: step.fromColumn },
        source: { root: neighbour, joins: [], where: [] },
        column: { kind: 'column', alias: neighbour.alias, column: step.toColumn },
      };
    });
  return { alias, relation: relationOf(table, planning), restrictions: [...own, ...related] };
}

/** The neighbours of a table on its ways to the rules. Code `rule_unreachable`. */
export function firstStepsTowardsRules(table: string, { index, rules }: Planning): Set<string> {
  const first = new Set<string>();
  for (const ruled of rules.keys()) {
    const path = index.path(table, ruled);
    if (path === undefined) {
      throw new JaqlError('rule_unreachable', 'A data security rule cannot be applied here.');
    }
    const [step] = path;
    if (step !== undefined) first.add(step.to);
  }
  return first;
}

function relationOf(name: string, { relations }: Planning): Relation {
  const relation = relations.get(name);
  if (relation === undefined) throw new TypeError('A table of the plan is not in its model.');
  return relation;
}
