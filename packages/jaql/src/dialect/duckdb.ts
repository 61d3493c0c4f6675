import type { Aggregation, DateLevel } from '@vitrine/claims';
import type { TextTest } from '../filter/filter.ts';
import type { Dialect, SqlParam } from '../sql/dialect.ts';

const types: Readonly<Record<SqlParam['type'], string>> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  timestamp: 'TIMESTAMP',
};

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

const textTests: Readonly<Record<TextTest, (text: string, value: string) => string>> = {
  contains: (text, value) => `contains(${text}, ${value})`,
  startsWith: (text, value) => `starts_with(${text}, ${value})`,
  endsWith: (text, value) => `ends_with(${text}, ${value})`,
  equals: (text, value) => `(${text} = ${value})`,
  like: (text, value) => `(${text} LIKE ${value})`,
};

const aggregates: Readonly<Record<Aggregation, (of: string) => string>> = {
  sum: (of) => `sum(${of})`,
  avg: (of) => `avg(${of})`,
  min: (of) => `min(${of})`,
  max: (of) => `max(${of})`,
  median: (of) => `median(${of})`,
  stdev: (of) => `stddev_samp(${of})`,
  stdevp: (of) => `stddev_pop(${of})`,
  var: (of) => `var_samp(${of})`,
  varp: (of) => `var_pop(${of})`,
  count: (of) => `count(DISTINCT ${of})`,
  countduplicates: () => 'count(*)',
};

/** SQL as DuckDB 1.5 reads it. */
export const duckDbDialect: Dialect = {
  name: 'duckdb',
  quote: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
  placeholder: (position, param) =>
    `CAST($${position} AS ${types[param.type]}${'list' in param ? '[]' : ''})`,
  inList: (expression, list) => `(${expression} IN (SELECT unnest(${list})))`,
  textTest: (test, expression, value) => textTests[test](`lower(${expression})`, `lower(${value})`),
  toText: (expression) => `CAST(${expression} AS VARCHAR)`,
  periodStart(expression, { level, firstDay }) {
    const start = (of: string) => `date_trunc('${units[level]}', ${of})`;
    const isMoved = level === 'weeks' && firstDay === 'sun';
    if (!isMoved) return start(expression);
    return `(${start(`(${expression} + INTERVAL '1 day')`)} - INTERVAL '1 day')`;
  },
  shift: (expression, { level }, amount) =>
    `(${expression} + ${amount} * INTERVAL '${lengths[level]}')`,
  aggregate: (aggregation, expression) => aggregates[aggregation](expression),
};
