import { everything, type Filter, hasRanking, type Ranking } from '../filter/filter.ts';
import { samePeriod } from '../filter/period.ts';
import { JaqlError } from '../jaql-error.ts';
import { buildSource, type ConditionOf, rootOf } from './build-source.ts';
import { type Condition, type Expression, type Measure, outputName } from './plan.ts';
import { type Item, type Reading, readJaql } from './read-item.ts';
import type { ReadQuery } from './read-query.ts';
import { refuseFanOut } from './refuse-fan-out.ts';
import type { Planning } from './restrict-table.ts';
import {
  type FieldFilter,
  isChoice,
  isEffective,
  type RowFilter,
  ranksMembers,
} from './row-filter.ts';

const withValue: Filter = { kind: 'not', of: { kind: 'members', values: [], withNull: true } };

/** A ranking of the only key of a query: its groups can be ranked where they are made, in one pass. */
export interface RankingInPlace {
  readonly filter: FieldFilter;
  readonly ranking: Ranking;
  readonly by: Item;
}

/** That there is a value: rows without a member take no part in lists and rankings of members. */
export function isPresent(of: Expression): Condition {
  return { kind: 'test', of, filter: withValue };
}

/** The one ranking of a query, where its measure can be computed beside the query's own. */
export function rankingInPlace(
  { rankings, shown, isGrouped, scoped }: ReadQuery,
  keys: readonly Item[],
  reading: Reading,
): RankingInPlace | undefined {
  const [filter, another] = rankings;
  const [key, secondKey] = keys;
  if (filter === undefined || another !== undefined || isChoice(filter)) return;
  if (filter.filter.kind !== 'ranking') return;
  if (key === undefined || secondKey !== undefined || !isGrouped) return;
  if (key.field !== filter.field || !samePeriod(key.period, filter.period)) return;
  const by = readBy(filter.filter, reading);
  const measures = [...shown.map(({ item }) => item), ...scoped].filter(
    (item) => item.aggregation !== undefined,
  );
  const isBeside = measures.every((item) => item.field.table === by.field.table);
  const ranksRows = measures.some(
    (item) => item.filter !== undefined && hasRanking(item.filter.own),
  );
  if (!isBeside || ranksRows) return;
  return { filter, ranking: filter.filter, by };
}

/**
 * How filters become conditions. A ranking keeps the members that come first among what the other filters leave, those with
 * a ranking apart; ties are broken by member, ascending.
 */
export function conditionMaker(
  filters: readonly RowFilter[],
  planning: Planning,
  reading: Reading,
): ConditionOf {
  const population = filters.filter((filter) => !ranksMembers(filter));
  const maker: ConditionOf = (fieldFilter, of) => conditionOf(fieldFilter.filter, fieldFilter, of);
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
  const ranked = (ranking: Ranking, member: FieldFilter, column: Expression): Condition => {
    const by = readBy(ranking, reading);
    const root = rootOf([by.field.table.name, member.field.table.name], planning);
    refuseFanOut([by], root);
    const built = buildSource(root, [member.field, by.field], population, planning, maker);
    const key = inPeriod(built.column(member.field), member.period);
    return {
      kind: 'ranked',
      of: inPeriod(column, member.period),
      select: {
        source: built.source,
        keys: [key],
        measures: [measureOf(by, inPeriod(built.column(by.field), by.period))],
        isGrouped: true,
      },
      order: [
        {
          of: outputName('measure', 0, by.datatype),
          direction: ranking.direction === 'top' ? 'desc' : 'asc',
        },
        { of: outputName('key', 0, member.field.column.type), direction: 'asc' },
      ],
      count: ranking.count,
    };
  };
  return maker;
}

/** The measure of an item. */
export function measureOf({ aggregation }: Item, of: Expression): Measure {
  if (aggregation === undefined) throw new TypeError('A measure has an aggregation.');
  return { aggregation, of };
}

/** The measure that a ranking orders by. Codes as of items. */
function readBy({ by, pointer }: Ranking, reading: Reading): Item {
  const item = readJaql(by, pointer, reading);
  const isPlain = item.filter === undefined || isPlainFilter(item);
  if (item.aggregation !== undefined && isPlain && item.selected === undefined) return item;
  throw new JaqlError('item_unsupported', 'A ranking is by a plain measure.', { pointer });
}

function isPlainFilter({ filter }: Item): boolean {
  return [filter?.own, filter?.background].every(
    (part) => !isEffective({ filter: part ?? everything }),
  );
}

function inPeriod(of: Expression, period: FieldFilter['period']): Expression {
  return period === undefined ? of : { kind: 'period', period, of };
}
