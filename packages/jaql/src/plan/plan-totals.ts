/**
 * Totals are queries of their own, over everything that data security and the filters on fields leave, grouped by fewer
 * dimensions: never sums of what is shown. Filters and rankings on measures choose among the groups that are shown, and pages
 * among their rows; neither changes a total. In a pivot, which has
 * items in the panel `rows`, those of the panel `columns` are across, and have totals of their own.
 */
import type { Term } from '../formula/term.ts';
import { JaqlError } from '../jaql-error.ts';
import { type Order, outputName, type Plan } from './plan.ts';
import type { Dimension } from './read-item.ts';
import type { ReadQuery } from './read-query.ts';
import type { PlannedRows, RowPlanning, RowsRequest } from './rows-request.ts';

/** Totals by the first dimensions of a query, and in a pivot by the first of those across its columns. */
export interface PlannedTotals {
  /** How many dimensions, those across apart; 0 is the grand total. */
  readonly by: number;
  /** How many of the dimensions across; absent where the query has none. */
  readonly across?: number;
  readonly title?: string;
  readonly plan: Plan;
  /** For each item of the query, the cell of a total's row; none for other dimensions, and for what a total does not have. */
  readonly cells: readonly (number | undefined)[];
}

/** The totals that a query asks for, the grand total first; a total of which nothing can be told is left out. Codes as of `planRows`. */
export function planTotals(
  query: ReadQuery,
  maxRows: number,
  planningOf: () => RowPlanning,
): PlannedTotals[] {
  const { totals, dimensions } = query;
  if (totals === undefined || !query.shown.some(({ item }) => item.role === 'measure')) return [];
  // Tables have all of theirs in `columns`.
  const isPivot = dimensions.some(({ panel }) => panel === 'rows');
  const across = isPivot ? dimensions.filter(({ panel }) => panel === 'columns') : [];
  const down = dimensions.filter((item) => !across.includes(item));
  const parts = (all: readonly Dimension[]) =>
    totals.hasSubtotals ? all.map((_, index) => index) : all.slice(0, 1).map(() => 0);
  return [...parts(down), down.length].flatMap((by) =>
    [...parts(across), across.length].flatMap((second): PlannedTotals[] => {
      const keys = [...down.slice(0, by), ...across.slice(0, second)];
      if (keys.length === dimensions.length) return [];
      const planned = planLevel(query, keys, maxRows, planningOf);
      if (planned === undefined) return [];
      return [
        {
          ...{ ...planned, by },
          ...(across.length === 0 ? {} : { across: second }),
          ...(totals.title === undefined ? {} : { title: totals.title }),
        },
      ];
    }),
  );
}

function planLevel(
  query: ReadQuery,
  keys: readonly Dimension[],
  maxRows: number,
  planningOf: () => RowPlanning,
): Pick<PlannedTotals, 'plan' | 'cells'> | undefined {
  const shown = query.shown.map(({ item }) => item);
  const asked = shown.filter((item) => item.role === 'measure');
  const request = { keys, filters: [...query.filters, ...query.rankings] };
  const possible = (values: readonly Term[]) => tryRows({ ...request, values }, planningOf());
  const measures =
    possible(asked.map(({ term }) => term)) === undefined
      ? asked.filter(({ term }) => possible([term]) !== undefined)
      : asked;
  if (measures.length === 0) return undefined;
  const values = measures.map(({ term }) => term);
  const planned = planningOf().planRows({ ...request, values });
  const names = [
    ...keys.map((key, index) => outputName('key', index, key.datatype)),
    ...planned.values,
  ];
  const columns = [...keys, ...measures];
  const sorted = shown.flatMap((item): Order[] => {
    const of = names[columns.indexOf(item)];
    return of === undefined || item.sort === undefined ? [] : [{ of, direction: item.sort }];
  });
  const ties = names.slice(0, keys.length).map((of): Order => ({ of, direction: 'asc' }));
  const plan: Plan = {
    ...{ rows: planned.rows, before: [], rankings: [], after: [], output: names },
    ...{ order: [...sorted, ...ties], limit: maxRows, offset: 0 },
  };
  const cells = shown.map((item) => {
    const cell = columns.indexOf(item);
    return cell < 0 ? undefined : cell;
  });
  return { plan, cells };
}

/** The rows, or nothing where a formula counts on a grouping that a total does not have. */
function tryRows(request: RowsRequest, planning: RowPlanning): PlannedRows | undefined {
  try {
    return planning.planRows(request);
  } catch (error) {
    if (error instanceof JaqlError && error.code === 'formula_misplaced') return undefined;
    throw error;
  }
}
