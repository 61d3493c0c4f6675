import { everything, type Filter, hasRanking, type Ranking } from '../filter/filter.ts';
import { samePeriod } from '../filter/period.ts';
import { JaqlError } from '../jaql-error.ts';
import type { ConditionOf } from './build-source.ts';
import type { InForce } from './in-force.ts';
import { type Condition, type Expression, outputName } from './plan.ts';
import { type MeasureItem, type Reading, readJaql } from './read-item.ts';
import type { ReadQuery } from './read-query.ts';
import { inPeriod } from './row-expression.ts';
import { type FieldFilter, isChoice, isEffective, ranksMembers } from './row-filter.ts';
import type { RowPlanning } from './rows-request.ts';
import { fieldsOfTerm, isOfOwnGroup } from './term-fields.ts';

const withValue: Filter = { kind: 'not', of: { kind: 'members', values: [], withNull: true } };

/** A ranking of the only key of a query: its groups can be ranked where they are made, in one pass. */
export interface RankingInPlace {
  readonly filter: FieldFilter;
  readonly ranking: Ranking;
  readonly by: MeasureItem;
}

/** That there is a value: rows without a member take no part in lists and rankings of members. */
export function isPresent(of: Expression): Condition {
  return { kind: 'test', of, filter: withValue };
}

/** The one ranking of a query, where its measure can be computed beside the query's own. */
export function rankingInPlace(
  { rankings, dimensions, measures, isGrouped }: ReadQuery,
  reading: Reading,
): RankingInPlace | undefined {
  const [filter, another] = rankings;
  const [key, secondKey] = dimensions;
  if (filter === undefined || another !== undefined || isChoice(filter)) return;
  if (filter.filter.kind !== 'ranking') return;
  if (key === undefined || secondKey !== undefined || !isGrouped) return;
  if (key.field !== filter.field || !samePeriod(key.period, filter.period)) return;
  const by = readBy(filter.filter, reading);
  const all = [...measures, by];
  const tables = new Set(all.flatMap(({ term }) => fieldsOfTerm(term)).map(({ table }) => table));
  const ranksRows = measures.some(
    ({ filter: of }) => of !== undefined && [of.own, of.background].some(hasRanking),
  );
  const isBeside = tables.size === 1 && all.every(({ term }) => isOfOwnGroup(term));
  if (!isBeside || ranksRows) return;
  return { filter, ranking: filter.filter, by };
}

/**
 * How filters become conditions. A ranking keeps the members that come first among what the other filters leave, those with
 * a ranking apart; ties are broken by member, ascending.
 */
export function conditionMaker(filters: InForce, planning: RowPlanning): ConditionOf {
  const population = filters.filter((filter) => !ranksMembers(filter));
  const conditionOf = (filter: Filter, of: FieldFilter, column: Expression): Condition => {
    if (!hasRanking(filter)) return { kind: 'test', of: column, filter };
    switch (filter.kind) {
      case 'and':
      case 'or':
        return { kind: filter.kind, of: filter.of.map((part) => conditionOf(part, of, column)) };
      case 'not':
        return { kind: 'not', of: conditionOf(filter.of, of, column) };
      case 'ranking':
        return ranked(filter, of, column);
      default:
        return { kind: 'test', of: column, filter };
    }
  };
  const ranked = (ranking: Ranking, { field, period }: FieldFilter, of: Expression): Condition => {
    const by = readBy(ranking, planning.reading);
    const key = period === undefined ? { field } : { field, period };
    const members = planning.planRows({ keys: [key], filters: population, values: [by.term] });
    const [measure] = members.values;
    if (measure === undefined) throw new TypeError('A ranking has a measure.');
    return {
      kind: 'ranked',
      of: inPeriod(of, period),
      rows: members.rows,
      order: [
        { of: measure, direction: ranking.direction === 'top' ? 'desc' : 'asc' },
        { of: outputName('key', 0, field.column.type), direction: 'asc' },
      ],
      count: ranking.count,
    };
  };
  return (fieldFilter, column) => {
    const { filter, moved = [] } = fieldFilter;
    const of = moved.reduce<Expression>((at, move) => ({ kind: 'shift', ...move, of: at }), column);
    return conditionOf(filter, fieldFilter, of);
  };
}

/** The measure that a ranking orders by. Codes as of items. */
function readBy({ by, pointer }: Ranking, reading: Reading): MeasureItem {
  const item = readJaql(by, pointer, reading);
  const isPlain = item.filter === undefined || isPlainFilter(item);
  if (item.role === 'measure' && isPlain) return item;
  throw new JaqlError('item_unsupported', 'A ranking is by a plain measure.', { pointer });
}

function isPlainFilter({ filter }: Pick<MeasureItem, 'filter'>): boolean {
  return [filter?.own, filter?.background].every(
    (part) => !isEffective({ filter: part ?? everything }),
  );
}
