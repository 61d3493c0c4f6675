import type { DateLevel } from '@vitrine/claims';
import type { Comparison } from '../filter/filter.ts';
import type { Period } from '../filter/period.ts';
import type { FormulaAggregation } from '../formula/term.ts';

const units: Readonly<Record<DateLevel, string>> = {
  years: 'year',
  quarters: 'quarter',
  months: 'month',
  weeks: 'week',
  days: 'day',
  hours: 'hour',
  minutes: 'minute',
};

/** An interval as a whole, since not every unit has a name in interval texts. */
const lengths: Readonly<Record<DateLevel, string>> = {
  years: '1 year',
  quarters: '3 months',
  months: '1 month',
  weeks: '7 days',
  days: '1 day',
  hours: '1 hour',
  minutes: '1 minute',
};

/** How an engine writes an aggregate; `filter` is empty or ` FILTER (WHERE …)`. */
export type AggregateWriters<Name extends string = FormulaAggregation> = Readonly<
  Record<Name, (of: string, filter: string, parameter: string) => string>
>;

/** Aggregates as DuckDB and PostgreSQL call them. */
export const standardAggregates: AggregateWriters<
  Exclude<FormulaAggregation, 'sum' | 'median' | 'mode' | 'percentile' | 'largest'>
> = {
  avg: (of, filter) => `avg(${of})${filter}`,
  min: (of, filter) => `min(${of})${filter}`,
  max: (of, filter) => `max(${of})${filter}`,
  stdev: (of, filter) => `stddev_samp(${of})${filter}`,
  stdevp: (of, filter) => `stddev_pop(${of})${filter}`,
  var: (of, filter) => `var_samp(${of})${filter}`,
  varp: (of, filter) => `var_pop(${of})${filter}`,
  count: (of, filter) => `count(DISTINCT ${of})${filter}`,
  countduplicates: (_, filter) => `count(*)${filter}`,
};

/** A comparison of values that are compared whatever their types are. */
export function compared(expression: string, by: Comparison | '<>', bound: string): string {
  return `${expression} ${by} ${bound}`;
}

/** A name in double quotes. */
export function quoteDoubled(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** The start of a period; weeks start on Monday for `date_trunc`. */
export function truncated(expression: string, { level, firstDay }: Period): string {
  const start = (of: string) => `date_trunc('${units[level]}', ${of})`;
  const isMoved = level === 'weeks' && firstDay === 'sun';
  if (!isMoved) return start(expression);
  return `(${start(`(${expression} + INTERVAL '1 day')`)} - INTERVAL '1 day')`;
}

/** A moment moved by a number of periods. */
export function moved(expression: string, { level }: Period, amount: string): string {
  return `(${expression} + ${amount} * INTERVAL '${lengths[level]}')`;
}

/** A number's text without closing zeros. */
export function withoutZeros(text: string): string {
  return `regexp_replace(${text}, '\\.0*$|(\\.[0-9]*[1-9])0+$', '\\1')`;
}

/** The parameter of an aggregation: with row counts the only numbers in the text of a statement. */
export function parameterText(value = 0): string {
  if (!Number.isFinite(value) || value < 0) throw new TypeError('Not a number for a statement.');
  return String(value);
}
