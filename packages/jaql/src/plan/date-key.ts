import { type DateLevel, dateLevels } from '@vitrine/claims';
import type { Move } from '../filter/filter.ts';
import type { Period } from '../filter/period.ts';
import type { Grouping, Place } from '../formula/term.ts';
import { JaqlError } from '../jaql-error.ts';
import type { Field } from '../model/field.ts';
import type { InForce } from './in-force.ts';
import type { Expression } from './plan.ts';
import { fieldFiltersIn } from './row-filter.ts';

/** The date that a formula about time counts by. */
export interface QueryDate {
  readonly field: Field;
  /** Its finest level among the groupings, and which of them has it. */
  readonly key?: { readonly index: number; readonly period: Period };
  /** The level of a filter on it, where there is no grouping. */
  readonly level?: DateLevel;
}

/** Days from the start of a week to its middle. */
const toMiddle: Move = { period: { level: 'days', firstDay: 'mon' }, amount: 3 };

/**
 * The date of a query: the one it is grouped by, else the one it is filtered by. Code `formula_misplaced` where there is none, or
 * more than one.
 */
export function queryDate(
  keys: readonly Grouping[],
  filters: InForce,
  place: Place,
  wanted?: Field,
): QueryDate {
  const grouped = keys.map(({ field }) => field);
  const restrictions = filters.flatMap(fieldFiltersIn);
  const filtered = restrictions.map(({ field }) => field);
  const field = wanted ?? onlyDate(grouped, place) ?? onlyDate(filtered, place);
  if (field === undefined) throw misplaced('The query has no date to count from.', place);
  const ofField = keys.flatMap((key, index) => (key.field === field ? [{ ...key, index }] : []));
  const filter = restrictions.find((one) => one.field === field && one.period !== undefined);
  const level = filter?.period?.level;
  if (ofField.length === 0) return { field, ...(level === undefined ? {} : { level }) };
  const [finest] = ofField.toSorted((a, b) => rankOf(b.period) - rankOf(a.period));
  if (finest?.period === undefined || (finest.period.level === 'weeks' && ofField.length > 1)) {
    const message = 'The date of the query has no level, or levels that cut across each other.';
    throw misplaced(message, place);
  }
  return { field, key: { index: finest.index, period: finest.period } };
}

/** The period that a move counts in: as stated, or the query's. Code `formula_misplaced` where there is none. */
export function movePeriod(
  { key, level }: QueryDate,
  stated: DateLevel | undefined,
  place: Place,
): Period {
  const unit = stated ?? key?.period.level ?? level;
  if (unit === undefined) throw misplaced('The date of the query has no level.', place);
  return { level: unit, firstDay: key?.period.firstDay ?? 'mon' };
}

/** True where groups are longer than a period, so that none of them is one such period away from another. */
export function isShorterThanGroups({ key }: QueryDate, unit: DateLevel): boolean {
  return key !== undefined && dateLevels.indexOf(unit) > dateLevels.indexOf(key.period.level);
}

/** The start of a period, moved. Weeks have no like in months and years: the week of the moved fourth day is taken. */
export function movedKey(key: Expression, period: Period, moves: readonly Move[]): Expression {
  const shifted = (of: Expression, all: readonly Move[]) =>
    all.reduce<Expression>((start, move) => ({ kind: 'shift', ...move, of: start }), of);
  const byWeeks = moves.every((move) => move.period.level === 'weeks');
  if (period.level !== 'weeks' || byWeeks) return shifted(key, moves);
  return { kind: 'period', period, of: shifted(key, [toMiddle, ...moves]) };
}

function onlyDate(fields: readonly Field[], place: Place): Field | undefined {
  const dates = new Set(fields.filter(({ column }) => column.type === 'datetime'));
  if (dates.size > 1) throw misplaced('The query has more than one date to count from.', place);
  const [date] = dates;
  return date;
}

function rankOf(period: Period | undefined): number {
  return period === undefined ? dateLevels.length : dateLevels.indexOf(period.level);
}

/** A formula about time where the query has no fitting date. */
export function misplaced(message: string, place: Place): JaqlError {
  return new JaqlError('formula_misplaced', message, place);
}
