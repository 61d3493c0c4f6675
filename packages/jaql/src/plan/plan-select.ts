/**
 * One scan for all measures of the same groups. Filters that hold for all of them stand in WHERE, those of single measures
 * beside them: `sum(x) FILTER (WHERE …)`. Where the query's own filters are among the latter, a further measure tells which
 * groups they leave.
 */
import { rangeOf } from '../filter/filter.ts';
import type { Grouping, Term, TermOf } from '../formula/term.ts';
import { type ConditionOf, isBelow, openSource } from './build-source.ts';
import { decidingKey } from './deciding-key.ts';
import { heldInAll, type InForce, sameInForce } from './in-force.ts';
import type { Condition, Expression, Measure, Select } from './plan.ts';
import { conditionMaker } from './rank-members.ts';
import { expressionOf, inPeriod } from './row-expression.ts';
import type { RowPlanning } from './rows-request.ts';
import { fieldsOfTerm } from './term-fields.ts';

/** An aggregate, and the filters under which it is computed. */
export interface Leaf {
  readonly term: TermOf<'aggregate'>;
  readonly filters: InForce;
}

export interface SelectRequest {
  /** The table whose rows lead to all keys and leaves. */
  readonly root: string;
  readonly keys: readonly Grouping[];
  /** The filters that decide which groups there are. */
  readonly filters: InForce;
  readonly leaves: readonly Leaf[];
  readonly isGrouped: boolean;
  /** Asks for `present` in any case. */
  readonly isMarked?: boolean;
}

/** A select; `present` is the measure that is over 0 in the groups that the filters leave, if it needs one. */
export interface PlannedSelect {
  readonly select: Select;
  readonly present?: number;
}

/** Codes `no_path`, `rule_unreachable`. */
export function planSelect(request: SelectRequest, planning: RowPlanning): PlannedSelect {
  const { root, keys, filters, leaves } = request;
  const fields = [
    ...keys.map(({ field }) => field),
    ...leaves.flatMap(({ term }) => fieldsOfTerm(term.of)),
  ];

  // Without keys there is one group, whatever the filters leave.
  const ofGroups = keys.length === 0 && leaves.length > 0 ? [] : [filters];
  const situations = [...ofGroups, ...leaves.map((leaf) => leaf.filters)];
  const held = heldInAll(situations);
  const isShared = situations.every((one) => one.length === held.length);
  // What is met by one row below together must not be torn apart.
  const common = isShared ? held : held.filter((one) => !isBelow(root, one, planning));
  const all = [...new Set(situations.flat())];
  const { root: table, joins, column, restrict } = openSource(root, fields, all, planning);

  const restricted = (some: InForce, population: InForce): Condition[] =>
    restrict(some, conditionMaker(population, planning));
  const apart = (inForce: InForce): Condition[] =>
    restricted(
      inForce.filter((one) => !common.includes(one)),
      inForce,
    );
  const columnOf = (term: Term): Expression => {
    if (term.kind !== 'field') throw new TypeError('A row term is made of fields.');
    return inPeriod(column(term.grouping.field), term.grouping.period);
  };
  /** What decides about whole groups is asked once a group, not of each row. */
  const counting = (inForce: InForce): Pick<Measure, 'where' | 'within'> => {
    const rest = inForce.filter((one) => !common.includes(one));
    const byGroups = rest.filter((one) => decidingKey(one, keys) !== undefined);
    const ofRow = conditionMaker(inForce, planning);
    const ofGroup: ConditionOf = (filter, of) =>
      ofRow(filter, inPeriod(of, decidingKey(filter, keys)?.period));
    const where = restrict(
      rest.filter((one) => !byGroups.includes(one)),
      ofRow,
    );
    const within = restrict(byGroups, ofGroup);
    return {
      ...(where.length === 0 ? {} : { where: { kind: 'and', of: where } }),
      ...(within.length === 0 ? {} : { within: { kind: 'and', of: within } }),
    };
  };
  const measures = leaves.map(({ term, filters: own }): Measure => {
    return { by: term.by, of: expressionOf(term.of, columnOf), ...counting(own) };
  });
  const own = keys.length === 0 ? {} : counting(filters);
  const isApart = request.isMarked === true || Object.keys(own).length > 0;
  const where = [...restricted(common, filters), ...anySituation(situations, common, apart)];
  const select: Select = {
    kind: 'select',
    source: { root: table, joins, where },
    keys: keys.map(({ field, period }) => inPeriod(column(field), period)),
    measures: isApart ? [...measures, { ...countOfRows, ...own }] : measures,
    isGrouped: request.isGrouped,
  };
  return isApart ? { select, present: measures.length } : { select };
}

/**
 * Rows that count for no measure need not be read. Ranges of one date are one long range; other filters are joined by OR, unless
 * that took a further subquery.
 */
function anySituation(
  situations: readonly InForce[],
  common: InForce,
  apart: (inForce: InForce) => Condition[],
): Condition[] {
  const each = situations.map((one) => one.filter((filter) => !common.includes(filter)));
  if (each.some((one) => one.length === 0)) return [];
  const distinct = each.filter(
    (one, index) => each.findIndex((other) => sameInForce(other, one)) === index,
  );
  const conditions = distinct.map(apart);
  const span = spanOf(conditions);
  if (span !== undefined) return [span];
  const isPlain = conditions.flat().every(({ kind }) => kind === 'test');
  return isPlain ? [{ kind: 'or', of: conditions.map((of) => ({ kind: 'and', of })) }] : [];
}

function spanOf(conditions: readonly Condition[][]): Condition | undefined {
  const ranges = conditions.map(([condition, another]) => {
    if (another !== undefined || condition?.kind !== 'test') return undefined;
    const filter = rangeOf(condition.filter);
    return filter && { of: condition.of, filter };
  });
  const some = ranges.filter((range) => range !== undefined);
  const [first] = some;
  const isOfOne = new Set(some.map(({ of }) => JSON.stringify(of))).size === 1;
  if (first === undefined || some.length < ranges.length || !isOfOne) return undefined;
  const from = some.flatMap(({ filter }) => filter.from ?? []);
  const before = some.flatMap(({ filter }) => filter.before ?? []);
  return {
    kind: 'span',
    of: first.of,
    from: from.length < some.length ? [] : from,
    before: before.length < some.length ? [] : before,
  };
}

const countOfRows: Measure = {
  by: { aggregation: 'countduplicates' },
  of: { kind: 'constant', value: true },
};
