/**
 * Filters on measures, which choose among the groups of a query: first rankings of rows, one after the other, then the others.
 * A ranking inside of AND, OR or an exclusion is a condition like its neighbours, over all groups.
 */
import { conjuncts, everything, type Filter, hasRanking, type Ranking } from '../filter/filter.ts';
import type { Value } from '../filter/value.ts';
import type { Condition, Derive, Expression, Order, RowRanking, Rows } from './plan.ts';
import type { MeasureItem } from './read-item.ts';
import type { RowPlanning } from './rows-request.ts';

/** Groups, and which of them a query keeps. */
export interface FilteredGroups {
  readonly rows: Rows;
  readonly rankings: readonly RowRanking[];
  readonly after: readonly Condition[];
}

/** The groups under the filters of measures; `ties` is the order of those with equal measures. */
export function filterGroups(
  rows: Rows,
  measures: readonly MeasureItem[],
  nameOf: (item: MeasureItem) => Expression,
  ties: readonly Order[],
  planning: RowPlanning,
): FilteredGroups {
  const columns: Derive['columns'][number][] = [];
  const numbered = (order: readonly Order[], of: Expression): Expression => {
    const name = planning.nextName();
    columns.push({ name, of: { kind: 'window', function: 'number', of, partition: [], order } });
    return { kind: 'output', name, datatype: 'numeric' };
  };
  const conditionOf = (filter: Filter, of: Expression): Condition => {
    if (!hasRanking(filter)) return { kind: 'test', of, filter };
    switch (filter.kind) {
      case 'and':
      case 'or':
        return { kind: filter.kind, of: filter.of.map((part) => conditionOf(part, of)) };
      case 'not':
        return { kind: 'not', of: conditionOf(filter.of, of) };
      case 'ranking': {
        const { order, count } = rowRanking(filter, of, ties);
        return { kind: 'test', of: numbered(order, of), filter: atMost(count) };
      }
      default:
        return { kind: 'test', of, filter };
    }
  };
  const parts = measures.flatMap((item) => {
    return filtersOf(item).map((filter) => ({ filter, of: nameOf(item) }));
  });
  const rankings = parts.flatMap(({ filter, of }) => {
    return filter.kind === 'ranking' ? [rowRanking(filter, of, ties)] : [];
  });
  const after = parts
    .filter(({ filter }) => filter.kind !== 'ranking')
    .map(({ filter, of }) => conditionOf(filter, of));
  if (columns.length === 0) return { rows, rankings, after };
  const alias = planning.nextAlias();
  return { rows: { kind: 'derive', rows, joins: [], where: [], columns, alias }, rankings, after };
}

/** Keeps the first rows by a measure. */
export function rowRanking(
  { direction, count }: Ranking,
  of: Expression,
  ties: readonly Order[],
): RowRanking {
  return { order: [{ of, direction: direction === 'top' ? 'desc' : 'asc' }, ...ties], count };
}

function filtersOf({ filter, isDisabled }: MeasureItem): readonly Filter[] {
  const { own, background } = filter ?? { own: everything, background: everything };
  return [...conjuncts(background), ...(isDisabled ? [] : conjuncts(own))];
}

function atMost(count: number): Filter {
  const value: Value = { type: 'integer', value: String(count) };
  return { kind: 'compare', comparison: '<=', value };
}
