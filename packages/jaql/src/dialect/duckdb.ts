import type { Datatype } from '@vitrine/claims';
import type { TextTest } from '../filter/filter.ts';
import type { DateUnit } from '../formula/term.ts';
import type { Dialect, SqlParam } from '../sql/dialect.ts';
import {
  type AggregateWriters,
  compared,
  moved,
  parameterText,
  quoteDoubled,
  standardAggregates,
  truncated,
  withoutZeros,
} from './standard-sql.ts';

const types: Readonly<Record<SqlParam['type'], string>> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  timestamp: 'TIMESTAMP',
};

/** A pattern of `like` as a regular expression, whose match takes a time that grows with the length of the text alone. */
function likeAsRegex(pattern: string): string {
  // No statement has a backslash, which some engines read in texts.
  const escaped = `concat(chr(92), '%')`;
  return `replace(replace(regexp_escape(${pattern}), ${escaped}, '.*'), '_', '.')`;
}

const textTests: Readonly<Record<TextTest, (text: string, value: string) => string>> = {
  contains: (text, value) => `contains(${text}, ${value})`,
  startsWith: (text, value) => `starts_with(${text}, ${value})`,
  endsWith: (text, value) => `ends_with(${text}, ${value})`,
  equals: (text, value) => `(${text} = ${value})`,
  // Its LIKE tries every way to place a pattern, and ends with none where a row has a long text, one that a rule hides too.
  like: (text, value) => `regexp_full_match(${text}, ${likeAsRegex(value)}, 's')`,
};

const texts: Readonly<Record<Datatype, (of: string) => string>> = {
  text: (of) => of,
  numeric: (of) => withoutZeros(`CAST(${of} AS VARCHAR)`),
  datetime: (of) => `CAST(CAST(${of} AS TIMESTAMP) AS VARCHAR)`,
};

const differences: Readonly<Record<DateUnit, string>> = {
  years: 'year',
  quarters: 'quarter',
  months: 'month',
  days: 'day',
  hours: 'hour',
  minutes: 'minute',
  seconds: 'second',
};

const aggregates: AggregateWriters = {
  ...standardAggregates,
  sum: (of, filter) => `sum(${of})${filter}`,
  stdev: (of, filter) => spread(standardAggregates.stdev, of, filter),
  stdevp: (of, filter) => spread(standardAggregates.stdevp, of, filter),
  var: (of, filter) => spread(standardAggregates.var, of, filter),
  varp: (of, filter) => spread(standardAggregates.varp, of, filter),
  // Of decimals it would give one with their scale.
  median: (of, filter) => `median(CAST(${of} AS DOUBLE))${filter}`,
  // The least of the most frequent.
  mode: (of, filter) => `mode(${of} ORDER BY ${of})${filter}`,
  percentile: (of, filter, fraction) =>
    `quantile_cont(CAST(${of} AS DOUBLE), ${fraction})${filter}`,
  largest: (of, filter, position) => `(max(${of}, ${position})${filter})[${position}]`,
};

/** NULL where a value is NaN or infinite, of which a spread would be an error that ends the query. */
function spread(write: AggregateWriters['var'], of: string, filter: string): string {
  const finite = `isfinite(CAST(${of} AS DOUBLE))`;
  const value = write(`CASE WHEN ${finite} THEN ${of} END`, filter, '');
  return `(CASE WHEN bool_and(${finite})${filter} THEN ${value} END)`;
}

/** SQL as DuckDB 1.5 reads it. */
export const duckDbDialect: Dialect = {
  name: 'duckdb',
  quote: quoteDoubled,
  placeholder: (position, param) =>
    `CAST($${position} AS ${types[param.type]}${'list' in param ? '[]' : ''})`,
  column: (expression) => expression,
  compare: compared,
  inList: (expression, list) => `(${expression} IN (SELECT unnest(${list})))`,
  textTest: (test, expression, value) => textTests[test](`lower(${expression})`, `lower(${value})`),
  toText: (expression, datatype) => texts[datatype](expression),
  sortable: (expression) => expression,
  periodStart: truncated,
  shift: moved,
  toNumber: (expression) => `CAST(${expression} AS DOUBLE)`,
  difference: (unit, start, end) => `date_diff('${differences[unit]}', ${start}, ${end})`,
  isSame: (left, right) => `${left} IS NOT DISTINCT FROM ${right}`,
  aggregate: (aggregation, expression, filter, parameter) =>
    aggregates[aggregation](expression, filter, parameterText(parameter)),
};
