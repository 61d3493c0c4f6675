/**
 * A query as a plan, in the order in which restrictions apply:
 *
 *   1. data security, inside every table (restrict-table)
 *   2. filters of dashboard and widget on the joined rows (build-source)
 *   3. rankings of a dimension's members, over what 1 and 2 leave (rank-members)
 *   4. grouping, measures and formulas (plan-rows)
 *   5. rankings of rows by a measure, one after the other
 *   6. filters on measures
 *   7. order and page
 */
import { modelIndex } from '../model/model-index.ts';
import { factsOf } from './facts-of.ts';
import { filterGroups, rowRanking } from './filter-groups.ts';
import { readRelations } from './live-tables.ts';
import { localMoment } from './local-moment.ts';
import { type Expression, type Order, outputName, type Plan } from './plan.ts';
import { planRows } from './plan-rows.ts';
import { planSelect } from './plan-select.ts';
import { type PlannedTotals, planTotals } from './plan-totals.ts';
import type { CompiledItem, Scope } from './query.ts';
import { conditionMaker, isPresent, type RankingInPlace, rankingInPlace } from './rank-members.ts';
import { completeJaql, type Item, type MeasureItem, type Reading } from './read-item.ts';
import { type ReadQuery, readQuery } from './read-query.ts';
import type { FieldFilter } from './row-filter.ts';
import type { PlannedRows, RowPlanning, SortedBy } from './rows-request.ts';
import { readRules } from './rule-book.ts';

/** A plan, and what its columns mean. */
export interface PlannedQuery {
  readonly plan: Plan;
  readonly items: readonly CompiledItem[];
  readonly totals: readonly PlannedTotals[];
}

/** Plans a JAQL query. Throws `JaqlError` with any of its codes. */
export function planQuery(raw: unknown, scope: Scope): PlannedQuery {
  const reading = readingOf(scope);
  const query = readQuery(raw, scope, reading);
  const { dimensions, measures } = query;
  const inPlace = rankingInPlace(query, reading);
  const valued = inPlace === undefined ? measures : [...measures, inPlace.by];
  const planning = planningOf(scope, reading);
  const { rows, values } = planGroups(query, valued, inPlace, planning);
  const nameOf = (item: Item): Expression => {
    if (item.role === 'dimension')
      return outputName('key', dimensions.indexOf(item), item.datatype);
    const value = values[valued.indexOf(item)];
    if (value === undefined) throw new TypeError('A measure of the query has no column.');
    return value;
  };
  const ties = dimensions.map((key): Order => ({ of: nameOf(key), direction: 'asc' }));
  const filtered = filterGroups(rows, measures, nameOf, ties, planning);
  const isSelected = conditionMaker(query.filters, planning);
  const plan: Plan = {
    ...filtered,
    before:
      inPlace === undefined
        ? []
        : [isPresent(outputName('key', 0, inPlace.filter.field.column.type))],
    rankings: [
      ...filtered.rankings,
      ...(inPlace === undefined ? [] : [rowRanking(inPlace.ranking, nameOf(inPlace.by), ties)]),
    ],
    output: [
      ...query.shown.map(({ item }) => nameOf(item)),
      ...query.shown.flatMap(({ item }) => {
        const selected = selectedOf(item);
        return selected === undefined ? [] : [isSelected(selected, nameOf(item))];
      }),
    ],
    order: orderOf(query, nameOf, ties),
    limit: query.limit,
    offset: query.offset,
  };
  const totals = planTotals(query, scope.maxRows, () => planningOf(scope, reading));
  return { plan, items: describe(query), totals };
}

/** The groups of a query with the values of its measures, or its rows as they are. */
function planGroups(
  query: ReadQuery,
  valued: readonly MeasureItem[],
  inPlace: RankingInPlace | undefined,
  planning: RowPlanning,
): PlannedRows {
  const ranked = query.rankings.filter((filter) => filter !== inPlace?.filter);
  const request = { keys: query.dimensions, filters: [...query.filters, ...ranked] };
  if (!query.isGrouped) {
    const [{ root }] = factsOf(request.keys, [], planning);
    const raw = { ...request, root, leaves: [], isGrouped: false };
    return { rows: planSelect(raw, planning).select, values: [] };
  }
  const values = valued.map(({ term }) => term);
  return planRows({ ...request, values, sorted: sortedBy(query) }, planning);
}

function sortedBy({ shown, dimensions, measures }: ReadQuery): SortedBy[] {
  return shown.flatMap(({ item }): SortedBy[] => {
    if (item.sort === undefined) return [];
    return item.role === 'dimension'
      ? [{ role: 'key', index: dimensions.indexOf(item), direction: item.sort }]
      : [{ role: 'value', index: measures.indexOf(item), direction: item.sort }];
  });
}

/** What reading a query of this scope needs. */
export function readingOf(scope: Scope): Reading {
  return {
    index: modelIndex(scope.model),
    now: () => localMoment(scope.now, scope.timeZone),
  };
}

/** What planning a query of this scope needs. */
export function planningOf(scope: Scope, reading: Reading): RowPlanning {
  let aliases = 0;
  let names = 0;
  const planning: RowPlanning = {
    reading,
    index: reading.index,
    rules: readRules(scope.rules, reading.index),
    relations: readRelations(reading.index.model, scope.parameters ?? {}),
    nextAlias: () => `t${aliases++}`,
    nextName: () => `x${names++}`,
    planRows: (request) => planRows(request, planning),
  };
  return planning;
}

function selectedOf(item: Item): FieldFilter | undefined {
  return item.role === 'dimension' ? item.selected : undefined;
}

/** Sorted items in their order, then all keys, so that pages and ties are the same on every run. Raw rows without a sort are in none. */
function orderOf(
  { shown, isGrouped }: ReadQuery,
  nameOf: (item: Item) => Expression,
  ties: readonly Order[],
): Order[] {
  const sorted = shown.flatMap(({ item }): Order[] =>
    item.sort === undefined ? [] : [{ of: nameOf(item), direction: item.sort }],
  );
  return isGrouped || sorted.length > 0 ? [...sorted, ...ties] : [];
}

function describe({ shown }: ReadQuery): CompiledItem[] {
  const highlighted = shown.filter(({ item }) => selectedOf(item) !== undefined);
  return shown.map((one): CompiledItem => {
    const { item, index } = one;
    const position = highlighted.indexOf(one);
    return {
      index,
      role: item.role,
      jaql: completeJaql(item),
      ...(item.format === undefined ? {} : { format: item.format }),
      ...(item.panel === undefined ? {} : { panel: item.panel }),
      ...(position < 0 ? {} : { selected: shown.length + position }),
    };
  });
}
