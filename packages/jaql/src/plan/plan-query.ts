/**
 * A query as a plan, in the order in which restrictions apply:
 *
 *   1. data security, inside every table (restrict-table)
 *   2. filters of dashboard and widget on the joined rows (build-source)
 *   3. rankings of a dimension's members, over what 1 and 2 leave (rank-members)
 *   4. grouping and measures
 *   5. rankings of rows by a measure, one after the other
 *   6. filters on measures
 *   7. order and page
 */
import { conjuncts, everything, hasRanking, type Ranking } from '../filter/filter.ts';
import { JaqlError } from '../jaql-error.ts';
import { modelIndex } from '../model/model-index.ts';
import { buildSource, rootOf } from './build-source.ts';
import { localMoment } from './local-moment.ts';
import { MeasureList } from './measure-list.ts';
import {
  type Condition,
  type Expression,
  type Order,
  outputName,
  type Plan,
  type RowRanking,
} from './plan.ts';
import type { CompiledItem, Scope } from './query.ts';
import { conditionMaker, isPresent, measureOf, rankingInPlace } from './rank-members.ts';
import { completeJaql, type Item, type Reading } from './read-item.ts';
import { type ReadQuery, readQuery } from './read-query.ts';
import { refuseFanOut } from './refuse-fan-out.ts';
import type { Planning } from './restrict-table.ts';
import { readRules } from './rule-book.ts';

/** A plan, and what its columns mean. */
export interface PlannedQuery {
  readonly plan: Plan;
  readonly items: readonly CompiledItem[];
}

/** Plans a JAQL query. Throws `JaqlError` with any of its codes. */
export function planQuery(raw: unknown, scope: Scope): PlannedQuery {
  const reading = readingOf(scope);
  const query = readQuery(raw, scope, reading);
  const planning = planningOf(scope, reading);
  const keys = query.shown.map(({ item }) => item).filter((item) => !isMeasure(item));
  const measures = query.shown.map(({ item }) => item).filter(isMeasure);
  const inPlace = rankingInPlace(query, keys, reading);
  const list = new MeasureList([
    ...measures,
    ...query.scoped,
    ...(inPlace === undefined ? [] : [inPlace.by]),
  ]);
  const fields = [...keys, ...list.items].map((item) => item.field);
  const root = rootOf(
    fields.map((field) => field.table.name),
    planning,
  );
  refuseFanOut(list.items, root);
  const ranked = query.rankings.filter((filter) => filter !== inPlace?.filter);
  const { source, column } = buildSource(
    root,
    fields,
    [...query.filters, ...ranked],
    planning,
    conditionMaker(query.filters, planning, reading),
  );
  const expressionOf = (item: Item): Expression => {
    const of = column(item.field);
    return item.period === undefined ? of : { kind: 'period', period: item.period, of };
  };
  const nameOf = (item: Item): Expression =>
    isMeasure(item)
      ? outputName('measure', list.positionOf(item), item.datatype)
      : outputName('key', keys.indexOf(item), item.datatype);
  const ties = keys.map((key): Order => ({ of: nameOf(key), direction: 'asc' }));
  const filtered = [...measures, ...query.scoped];
  const plan: Plan = {
    select: {
      source,
      keys: keys.map(expressionOf),
      measures: list.items.map((item) => measureOf(item, expressionOf(item))),
      isGrouped: query.isGrouped,
    },
    before:
      inPlace === undefined
        ? []
        : [isPresent(outputName('key', 0, inPlace.filter.field.column.type))],
    rankings: [
      ...filtered.flatMap((item) => rankingsOf(item).map((ranking) => ({ ranking, by: item }))),
      ...(inPlace === undefined ? [] : [inPlace]),
    ].map(({ ranking, by }) => rowRanking(ranking, nameOf(by), ties)),
    after: filtered.flatMap((item) => afterConditions(item, nameOf(item))),
    output: [
      ...query.shown.map(({ item }) => nameOf(item)),
      ...query.shown.flatMap(({ item }) => selectedCondition(item, nameOf(item))),
    ],
    order: orderOf(query, nameOf, ties),
    limit: query.limit,
    offset: query.offset,
  };
  return { plan, items: describe(query) };
}

/** What reading a query of this scope needs. */
export function readingOf(scope: Scope): Reading {
  return {
    index: modelIndex(scope.model),
    now: () => localMoment(scope.now, scope.timeZone),
  };
}

/** What planning a query of this scope needs. */
export function planningOf(scope: Scope, { index }: Reading): Planning {
  let aliases = 0;
  return {
    index,
    rules: readRules(scope.rules, index),
    nextAlias: () => `t${aliases++}`,
  };
}

function isMeasure(item: Item): boolean {
  return item.aggregation !== undefined;
}

function measureParts(item: Item) {
  const { own, background } = item.filter ?? { own: everything, background: everything };
  return [...conjuncts(background), ...(item.isDisabled ? [] : conjuncts(own))];
}

function rankingsOf(item: Item): Ranking[] {
  return measureParts(item).filter((part) => part.kind === 'ranking');
}

function afterConditions(item: Item, of: Expression): Condition[] {
  const parts = measureParts(item).filter((part) => part.kind !== 'ranking');
  if (parts.some(hasRanking)) {
    throw new JaqlError('filter_unsupported', 'A ranking of rows stands by itself.', {
      pointer: `${item.pointer}/filter`,
    });
  }
  return parts.map((filter) => ({ kind: 'test', of, filter }));
}

function rowRanking(
  { direction, count }: Ranking,
  of: Expression,
  ties: readonly Order[],
): RowRanking {
  return { order: [{ of, direction: direction === 'top' ? 'desc' : 'asc' }, ...ties], count };
}

function selectedCondition({ selected }: Item, of: Expression): Condition[] {
  return selected === undefined ? [] : [{ kind: 'test', of, filter: selected }];
}

/** Sorted items in their order; grouped rows then by their keys, so that pages and ties are the same on every run. */
function orderOf(
  { shown, isGrouped }: ReadQuery,
  nameOf: (item: Item) => Expression,
  ties: readonly Order[],
): Order[] {
  const sorted = shown.flatMap(({ item }): Order[] =>
    item.sort === undefined ? [] : [{ of: nameOf(item), direction: item.sort }],
  );
  return isGrouped ? [...sorted, ...ties] : sorted;
}

function describe({ shown }: ReadQuery): CompiledItem[] {
  const highlighted = shown.filter(({ item }) => item.selected !== undefined);
  return shown.map((one): CompiledItem => {
    const { item, index } = one;
    const position = highlighted.indexOf(one);
    return {
      index,
      role: isMeasure(item) ? 'measure' : 'dimension',
      jaql: completeJaql(item),
      ...(item.format === undefined ? {} : { format: item.format }),
      ...(item.panel === undefined ? {} : { panel: item.panel }),
      ...(position < 0 ? {} : { selected: shown.length + position }),
    };
  });
}
