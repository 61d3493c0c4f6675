import type { Filter, PeriodEdge } from '../filter/filter.ts';
import { isOfMonths, type Period } from '../filter/period.ts';
import type { Value } from '../filter/value.ts';
import type { Writing } from './writing.ts';

/** From here on a list is one parameter, so that its length does not change the statement. */
const longList = 12;

/** A filter on an expression, as a condition that may be NULL where the expression is. */
export function writeFilter(filter: Filter, of: string, writing: Writing): string {
  switch (filter.kind) {
    case 'all':
      return '(1 = 1)';
    case 'none':
      return '(1 = 0)';
    case 'members':
      return writeMembers(filter, of, writing);
    case 'compare':
      return writing.dialect.compare(
        of,
        filter.comparison,
        writing.bind(filter.value),
        filter.value,
      );
    case 'text':
      return writing.dialect.textTest(filter.test, of, writing.bind(filter.value));
    case 'between':
      return joinConditions('and', [
        ...(filter.from === undefined ? [] : [`${of} >= ${writeFrom(filter.from, writing)}`]),
        ...(filter.before === undefined ? [] : [`${of} < ${writeBefore(filter.before, writing)}`]),
      ]);
    case 'and':
    case 'or':
      return joinConditions(
        filter.kind,
        filter.of.map((part) => writeFilter(part, of, writing)),
      );
    case 'not':
      return writeComplement(filter.of, of, writing);
    case 'ranking':
      throw new TypeError('A ranking is no condition on one value.');
  }
}

/** Conditions joined by one word, in parentheses where there are several; none at all is true for `and`, false for `or`. */
export function joinConditions(word: 'and' | 'or', conditions: readonly string[]): string {
  if (conditions.length === 0) return word === 'and' ? '(1 = 1)' : '(1 = 0)';
  if (conditions.length === 1) return conditions.join('');
  return `(${conditions.join(word === 'and' ? ' AND ' : ' OR ')})`;
}

/** The complement of a condition, NULL counted as not met. */
export function negate(condition: string): string {
  return `(NOT COALESCE(${condition}, (1 = 0)))`;
}

/** Lists are negated in the form that engines use best. */
function writeComplement(filter: Filter, of: string, writing: Writing): string {
  if (filter.kind !== 'members') return negate(writeFilter(filter, of, writing));
  const { values, withNull } = filter;
  if (values.length === 0) return withNull ? `(${of} IS NOT NULL)` : '(1 = 1)';
  const outside = joinConditions('and', writeLists(filter, of, writing, 'outside'));
  return withNull ? outside : `(${outside} OR ${of} IS NULL)`;
}

function writeMembers(
  filter: Extract<Filter, { kind: 'members' }>,
  of: string,
  writing: Writing,
): string {
  const isNull = filter.withNull ? [`${of} IS NULL`] : [];
  return joinConditions('or', [...writeLists(filter, of, writing, 'inside'), ...isNull]);
}

/** One membership test for each type of value; periods by their ends, which engines can compare with what they know of their blocks. */
function writeLists(
  { values, period, moves = [], keepsWeeks = false }: Extract<Filter, { kind: 'members' }>,
  of: string,
  writing: Writing,
  side: 'inside' | 'outside',
): string[] {
  const { dialect } = writing;
  const isInside = side === 'inside';
  const hasRanges = values.length < longList || (moves.length > 0 && !keepsWeeks);
  if (period !== undefined && hasRanges) {
    const periods = values.map((at) => {
      const edge = { at, period, shift: 0, moves, keepsWeeks };
      const start = writeFrom(edge, writing);
      const end = writeBefore({ ...edge, shift: 1 }, writing);
      return isInside
        ? joinConditions('and', [`${of} >= ${start}`, `${of} < ${end}`])
        : joinConditions('or', [`${of} < ${start}`, `${of} >= ${end}`]);
    });
    return [...new Set(periods)];
  }
  const start = (moment: string) =>
    period === undefined ? moment : dialect.periodStart(moment, period);
  const startOf = (at: Value) =>
    period === undefined
      ? writing.bind(at)
      : writeFrom({ at, period, shift: 0, moves, keepsWeeks }, writing);
  const byType = new Map<Value['type'], Value[]>();
  for (const value of values) byType.set(value.type, [...(byType.get(value.type) ?? []), value]);
  return [...byType].map(([type, ofType]) => {
    if (ofType.length >= longList && period === undefined) {
      const list = writing.bind({ type, list: ofType.map(({ value }) => value) });
      return isInside ? dialect.inList(of, list) : `NOT ${dialect.inList(of, list)}`;
    }
    const bound = ofType.map(startOf);
    const [only, another] = ofType;
    if (only !== undefined && another === undefined) {
      return dialect.compare(start(of), isInside ? '=' : '<>', bound.join(''), only);
    }
    return `${start(of)} ${isInside ? 'IN' : 'NOT IN'} (${bound.join(', ')})`;
  });
}

/** From the earliest of some moments on, and before the latest of others. */
export function writeSpan(
  of: string,
  from: readonly PeriodEdge[],
  before: readonly PeriodEdge[],
  writing: Writing,
): string {
  const pick = (name: string, written: readonly string[]) =>
    written.length === 1 ? written.join('') : `${name}(${written.join(', ')})`;
  const starts = from.map((edge) => writeFrom(edge, writing));
  const ends = before.map((edge) => writeBefore(edge, writing));
  return joinConditions('and', [
    ...(from.length === 0 ? [] : [`${of} >= ${pick('LEAST', starts)}`]),
    ...(before.length === 0 ? [] : [`${of} < ${pick('GREATEST', ends)}`]),
  ]);
}

const days: Period = { level: 'days', firstDay: 'mon' };

/** The first moment of a range. */
function writeFrom(edge: PeriodEdge, writing: Writing): string {
  if (edge.keepsWeeks !== true) return writeMoved(edge, 0, writing);
  return writing.dialect.periodStart(writeMoved(edge, 3, writing), edge.period);
}

/**
 * The first moment behind a range. Moved to a month that is shorter, a day becomes the last one, which what is behind it must not:
 * so the end is also behind the last day as that is moved.
 */
function writeBefore(edge: PeriodEdge, writing: Writing): string {
  const { period, moves = [], keepsWeeks } = edge;
  const behind = (moment: string, by: Period) =>
    writeShift(moment, { period: by, amount: 1 }, writing);
  if (keepsWeeks === true) {
    // The last week begins seven days earlier.
    return behind(writing.dialect.periodStart(writeMoved(edge, -4, writing), period), period);
  }
  const end = writeMoved(edge, 0, writing);
  const isOfDays = period.level === 'days' || period.level === 'weeks';
  if (!isOfDays || !moves.some((move) => isOfMonths(move.period))) return end;
  return `GREATEST(${end}, ${behind(writeMoved(edge, -1, writing), days)})`;
}

/** An edge, some days from it, moved. */
function writeMoved(
  { at, period, shift, moves = [] }: PeriodEdge,
  amount: number,
  writing: Writing,
): string {
  const start = writing.dialect.periodStart(writing.bind(at), period);
  return [{ period, amount: shift }, { period: days, amount }, ...moves].reduce(
    (edge, move) => writeShift(edge, move, writing),
    start,
  );
}

/** A moment moved by some periods. */
export function writeShift(
  moment: string,
  { period, amount }: { readonly period: Period; readonly amount: number },
  writing: Writing,
): string {
  if (amount === 0) return moment;
  const bound = writing.bind({ type: 'integer', value: String(amount) });
  return writing.dialect.shift(moment, period, bound);
}
