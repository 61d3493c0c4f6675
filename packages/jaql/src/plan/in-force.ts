import {
  conjuncts,
  everything,
  type Filter,
  type Move,
  type PeriodEdge,
} from '../filter/filter.ts';
import { isOfMonths, type Period, samePeriod } from '../filter/period.ts';
import type { Grouping } from '../formula/term.ts';
import type { Field } from '../model/field.ts';
import { type FieldFilter, isFieldFilter, type RowFilter, ranksMembers } from './row-filter.ts';

/** The filters under which a measure is computed. Filters are told apart by identity. */
export type InForce = readonly RowFilter[];

/** The filters on the same field and level give way to another; backgrounds stay. */
export function replaceFilters(
  inForce: InForce,
  grouping: Grouping,
  filter: Filter,
  pointer: string,
): InForce {
  const { field, period } = grouping;
  const kept = changeFilters(inForce, field, `level ${JSON.stringify(period)}`, (one) =>
    samePeriod(one.period, period) ? undefined : one,
  );
  const added = conjuncts(filter).map((part) => ({ ...grouping, filter: part, pointer }));
  return [...kept, ...added];
}

/** Without the filters on a field, or on one of its levels; backgrounds stay. */
export function liftFilters(inForce: InForce, { field, period }: Grouping): InForce {
  if (period !== undefined) return replaceFilters(inForce, { field, period }, everything, '');
  return changeFilters(inForce, field, 'all', () => undefined);
}

/**
 * The filters on a date, met by the date moved the other way: those of March find February where it is moved back by a month.
 * Where `group`, the period of the groups, is the week of a filter, or there are no groups, its weeks are moved as those of groups are.
 */
export function moveFilters(inForce: InForce, field: Field, move: Move, group?: Period): InForce {
  return changeFilters(inForce, field, JSON.stringify([move, group ?? null]), (one) => {
    const filter = one.moved === undefined ? moveRange(one.filter, move, group) : undefined;
    if (filter !== undefined) return { ...one, filter };
    const { still, moves } = withoutMoves(one.filter);
    const back = [...moves, move].map(({ period, amount }) => ({ period, amount: -amount }));
    return { ...one, filter: still, moved: [...(one.moved ?? []), ...back] };
  });
}

/** The filters on a date without what they say about its past: only the ends of ranges stay. */
export function openPast(inForce: InForce, field: Field): InForce {
  return changeFilters(inForce, field, 'past', (one) => {
    const { filter } = one;
    if (filter.kind !== 'between' || filter.before === undefined) return undefined;
    return filter.from === undefined
      ? one
      : { ...one, filter: { kind: 'between', before: filter.before } };
  });
}

/** What becomes of a filter; undefined where it goes. */
type Change = (filter: FieldFilter) => FieldFilter | undefined;

const changed = new WeakMap<RowFilter, Map<string, readonly RowFilter[]>>();

/** The same change of the same filter is the same object, so that measures under it share their condition. */
function changeFilters(inForce: InForce, field: Field, name: string, change: Change): InForce {
  const key = `${field.dim} ${name}`;
  return inForce.flatMap((one) => {
    const known = changed.get(one) ?? new Map<string, readonly RowFilter[]>();
    changed.set(one, known);
    const others = known.get(key) ?? changeOne(one, field, name, change);
    known.set(key, others);
    return others;
  });
}

/** What goes out of a choice leaves the others of it, as a filter that is not set does. */
function changeOne(one: RowFilter, field: Field, name: string, change: Change): InForce {
  if (isFieldFilter(one)) {
    if (one.field !== field || one.isBackground === true) return [one];
    const other = change(one);
    return other === undefined ? [] : [other];
  }
  const parts = one.anyOf.map((part) => changeFilters(part, field, name, change));
  const anyOf = parts.filter((part) => part.length > 0);
  if (anyOf.every((part, index) => sameInForce(part, one.anyOf[index] ?? []))) return [one];
  return anyOf.length > 1 ? [{ anyOf }] : anyOf.flat();
}

/** A range is moved by its ends, and so are periods where that is the same: engines can use it to leave rows unread. */
function moveRange(filter: Filter, move: Move, group: Period | undefined): Filter | undefined {
  const movesWeeks = (period: Period) =>
    period.level === 'weeks' &&
    isOfMonths(move.period) &&
    (group === undefined || samePeriod(group, period));
  if (filter.kind === 'members' && filter.period !== undefined) {
    const moves = [...(filter.moves ?? []), move];
    const keepsWeeks = filter.keepsWeeks === true || movesWeeks(filter.period);
    const isSame = keepsWeeks || keepsPeriods(moves, filter.period);
    return isSame ? { ...filter, moves, keepsWeeks } : undefined;
  }
  if (filter.kind !== 'between') return undefined;
  const moved = (edge: PeriodEdge): PeriodEdge => ({
    ...edge,
    moves: [...(edge.moves ?? []), move],
    keepsWeeks: edge.keepsWeeks === true || movesWeeks(edge.period),
  });
  return {
    kind: 'between',
    ...(filter.from === undefined ? {} : { from: moved(filter.from) }),
    ...(filter.before === undefined ? {} : { before: moved(filter.before) }),
  };
}

/** True where what moves is as long as what it is moved by: days by days, months by months, but not days by months. */
function keepsPeriods(moves: readonly Move[], of: Period): boolean {
  const kinds = new Set(moves.map(({ period }) => isOfMonths(period)));
  return kinds.size === 1 && (!kinds.has(true) || isOfMonths(of));
}

function withoutMoves(filter: Filter): { readonly still: Filter; readonly moves: readonly Move[] } {
  if (filter.kind !== 'members') return { still: filter, moves: [] };
  const { moves = [], keepsWeeks: _keepsWeeks, ...still } = filter;
  return { still, moves };
}

/** True where both are the same filters. */
export function sameInForce(a: InForce, b: InForce): boolean {
  return a.length === b.length && a.every((filter) => b.includes(filter));
}

/** The filters that hold in all of some situations. Which members a ranking keeps depends on the other filters, so it holds only where all agree. */
export function heldInAll(situations: readonly InForce[]): InForce {
  const [first = [], ...others] = situations;
  if (others.every((other) => sameInForce(first, other))) return first;
  return first.filter(
    (filter) => !ranksMembers(filter) && others.every((other) => other.includes(filter)),
  );
}
