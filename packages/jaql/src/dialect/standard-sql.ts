import type { Aggregation, DateLevel } from '@vitrine/claims';
import type { Period } from '../filter/period.ts';

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

/** Aggregates as DuckDB and PostgreSQL call them. */
export const standardAggregates: Readonly<
  Record<Exclude<Aggregation, 'sum' | 'median'>, (of: string) => string>
> = {
  avg: (of) => `avg(${of})`,
  min: (of) => `min(${of})`,
  max: (of) => `max(${of})`,
  stdev: (of) => `stddev_samp(${of})`,
  stdevp: (of) => `stddev_pop(${of})`,
  var: (of) => `var_samp(${of})`,
  varp: (of) => `var_pop(${of})`,
  count: (of) => `count(DISTINCT ${of})`,
  countduplicates: () => 'count(*)',
};

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
