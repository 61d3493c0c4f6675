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
  text: 'text',
  integer: 'bigint',
  number: 'double precision',
  timestamp: 'timestamp',
};

const textTests: Readonly<Record<TextTest, (text: string, value: string) => string>> = {
  contains: (text, value) => `(strpos(${text}, ${value}) > 0)`,
  startsWith: (text, value) => `starts_with(${text}, ${value})`,
  endsWith: (text, value) => `(right(${text}, length(${value})) = ${value})`,
  equals: (text, value) => `(${text} = ${value})`,
  like: (text, value) => `(${text} LIKE ${value} ESCAPE '')`,
};

const texts: Readonly<Record<Datatype, (of: string) => string>> = {
  text: (of) => of,
  numeric: (of) => withoutZeros(`CAST(${of} AS text)`),
  datetime: (of) => `CAST(${of} AS text)`,
};

const aggregates: AggregateWriters = {
  ...standardAggregates,
  // Of integers and decimals it gives decimals, where a number is enough.
  avg: (of, ...more) => double(standardAggregates.avg(of, ...more)),
  stdev: (of, ...more) => double(standardAggregates.stdev(of, ...more)),
  stdevp: (of, ...more) => double(standardAggregates.stdevp(of, ...more)),
  var: (of, ...more) => double(standardAggregates.var(of, ...more)),
  varp: (of, ...more) => double(standardAggregates.varp(of, ...more)),
  // The sum of single-precision numbers would be one; multiplied by an integer they are double.
  sum: (of, filter) => `sum(${of} * CAST(1 AS smallint))${filter}`,
  median: (of, filter) => `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${of})${filter}`,
  // Of the most frequent the first.
  mode: (of, filter) => `mode() WITHIN GROUP (ORDER BY ${of})${filter}`,
  percentile: (of, filter, fraction) =>
    `percentile_cont(${fraction}) WITHIN GROUP (ORDER BY ${of})${filter}`,
  largest: (of, filter, position) =>
    `(array_agg(${of} ORDER BY ${of} DESC NULLS LAST)${filter})[${position}]`,
};

const epoch = (of: string) => `extract(epoch from ${of})`;
const months = (of: string) => `(extract(year from ${of}) * 12 + extract(month from ${of}) - 1)`;

/** The number of the period that holds a moment, counted from some beginning. */
const numbers: Readonly<Record<DateUnit, (of: string) => string>> = {
  years: (of) => `extract(year from ${of})`,
  quarters: (of) => `floor(${months(of)} / 3)`,
  months,
  days: (of) => `floor(${epoch(of)} / 86400)`,
  hours: (of) => `floor(${epoch(of)} / 3600)`,
  minutes: (of) => `floor(${epoch(of)} / 60)`,
  seconds: (of) => `floor(${epoch(of)})`,
};

/** A value of each type, to stand for NULL where NULLs are compared. */
const anyValues: Readonly<Record<Datatype, string>> = {
  text: "''",
  numeric: '0',
  datetime: "TIMESTAMP '2000-01-01'",
};

function double(of: string): string {
  return `CAST(${of} AS double precision)`;
}

/** Lower case by Unicode's simple mappings, as the other engines have it: ICU alone would end words in another sigma. */
function fold(text: string): string {
  return `lower(translate(${text}, 'İΣ', 'iσ') COLLATE "und-x-icu")`;
}

/** SQL as PostgreSQL 15 and later read it, in a UTF-8 database, with ICU, in a session whose time zone is UTC. */
export const postgresDialect: Dialect = {
  name: 'postgres',
  quote: quoteDoubled,
  placeholder: (position, param) =>
    `CAST($${position} AS ${types[param.type]}${'list' in param ? '[]' : ''})`,
  column: (expression, datatype) =>
    datatype === 'datetime' ? `CAST(${expression} AS timestamp)` : expression,
  compare: compared,
  inList: (expression, list) => `(${expression} = ANY(${list}))`,
  textTest: (test, expression, value) => textTests[test](fold(expression), fold(value)),
  toText: (expression, datatype) => texts[datatype](expression),
  sortable: (expression, datatype) =>
    datatype === 'text' ? `${expression} COLLATE "C"` : expression,
  periodStart: truncated,
  shift: moved,
  toNumber: double,
  difference: (unit, start, end) => `(${numbers[unit](end)} - ${numbers[unit](start)})`,
  // Equalities alone, since no other join is hashed.
  isSame: (left, right, datatype) =>
    [
      `COALESCE(${left}, ${anyValues[datatype]}) = COALESCE(${right}, ${anyValues[datatype]})`,
      `(${left} IS NULL) = (${right} IS NULL)`,
    ].join(' AND '),
  aggregate: (aggregation, expression, filter, parameter) =>
    aggregates[aggregation](expression, filter, parameterText(parameter)),
};
