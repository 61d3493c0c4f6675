import type { Datatype, DateLevel } from '@vitrine/claims';
import type { TextTest } from '../filter/filter.ts';
import type { DateUnit } from '../formula/term.ts';
import type { Dialect, SqlParam } from '../sql/dialect.ts';
import { type AggregateWriters, compared, parameterText, quoteDoubled } from './standard-sql.ts';

/** Microseconds, and the years 1 to 9999; other moments of this engine hold less. */
const moment = "DateTime64(6, 'UTC')";

/** An integer of so many characters may have no room among decimals: to compare these with it ends a query on the first row. */
const longInteger = 10;

const types: Readonly<Record<SqlParam['type'], string>> = {
  text: 'String',
  integer: 'Int64',
  number: 'Float64',
  timestamp: moment,
};

const units: Readonly<Record<DateLevel, string>> = {
  years: 'Year',
  quarters: 'Quarter',
  months: 'Month',
  weeks: 'Week',
  days: 'Day',
  hours: 'Hour',
  minutes: 'Minute',
};

const textTests: Readonly<Record<TextTest, (text: string, value: string) => string>> = {
  contains: (text, value) => `(position(${text}, ${value}) > 0)`,
  startsWith: (text, value) => `startsWith(${text}, ${value})`,
  endsWith: (text, value) => `endsWith(${text}, ${value})`,
  equals: (text, value) => `(${text} = ${value})`,
  // A backslash would make the next wildcard literal.
  like: (text, value) => `(${text} LIKE replaceAll(${value}, '\\\\', '\\\\\\\\'))`,
};

const texts: Readonly<Record<Datatype, (of: string) => string>> = {
  text: (of) => of,
  numeric: (of) => `toString(${of})`,
  datetime: (of) => `replaceRegexpOne(toString(${of}), '\\\\.0*$|(\\\\.[0-9]*[1-9])0+$', '\\\\1')`,
};

const differences: Readonly<Record<DateUnit, string>> = { ...units, seconds: 'Second' };

const aggregates: AggregateWriters = {
  // The sum of 64-bit integers would wrap around; as decimals they have room.
  sum: (of, filter) => `sumOrNull(${of} * toDecimal128(1, 0))${filter}`,
  avg: (of, filter) => `avgOrNull(toFloat64(${of}))${filter}`,
  min: (of, filter) => `minOrNull(${of})${filter}`,
  max: (of, filter) => `maxOrNull(${of})${filter}`,
  median: (of, filter) => `quantileExactInclusiveOrNull(0.5)(toFloat64(${of}))${filter}`,
  stdev: (of, filter) => spread('stddevSampStable', of, filter),
  stdevp: (of, filter) => spread('stddevPopStable', of, filter),
  var: (of, filter) => spread('varSampStable', of, filter),
  varp: (of, filter) => spread('varPopStable', of, filter),
  count: (of, filter) => `uniqExact(${of})${filter}`,
  countduplicates: (_, filter) => `count(*)${filter}`,
  mode: (of, filter) => mostFrequent(of, filter),
  percentile: (of, filter, fraction) =>
    `quantileExactInclusiveOrNull(${fraction})(toFloat64(${of}))${filter}`,
  largest: (of, filter, position) =>
    `arrayElementOrNull(arrayReverseSort(groupArray(${of})${filter}), ${position})`,
};

/** NaN, which the spread of too few rows is here, as NULL. */
function spread(name: string, of: string, filter: string): string {
  const value = `${name}OrNull(toFloat64(${of}))${filter}`;
  return `if(isNaN(${value}), NULL, ${value})`;
}

/** The least of the most frequent: values with how often they are there, sorted by that and then by size. */
function mostFrequent(of: string, filter: string): string {
  const counts = `(sumMap([assumeNotNull(${of})], [toUInt64(isNotNull(${of}))])${filter})`;
  const first = `arraySort((one, times) -> (-toInt64(times), one), ${counts}.1, ${counts}.2)`;
  return `arrayElementOrNull(${first}, 1)`;
}

/** Lower case by Unicode's simple mappings, as the other engines have it: ICU alone would end words in another sigma. */
function fold(text: string): string {
  return `lowerUTF8(translateUTF8(${text}, 'İΣ', 'iσ'))`;
}

/** SQL as ClickHouse 26 reads it, with `join_use_nulls`. Parameters are called `p1`, `p2`, …. */
export const clickHouseDialect: Dialect = {
  name: 'clickhouse',
  // Backslashes escape in quoted names too.
  quote: (identifier) => quoteDoubled(identifier.replaceAll('\\', '\\\\')),
  placeholder: (position, param) =>
    `{p${position}:${'list' in param ? `Array(${types[param.type]})` : types[param.type]}}`,
  column: (expression, datatype) =>
    datatype === 'datetime' ? `toDateTime64(${expression}, 6, 'UTC')` : expression,
  compare: (expression, by, bound, value) => {
    const plain = compared(expression, by, bound);
    if (value.type !== 'integer' || value.value.length < longInteger) return plain;
    // Only the plain form finds entries of an index; as a hint it is asked of no row.
    return `(${compared(expression, by, `toDecimal256(${bound}, 0)`)} AND indexHint(${plain}))`;
  },
  inList: (expression, list) => `(${expression} IN ${list})`,
  textTest: (test, expression, value) => textTests[test](fold(expression), fold(value)),
  toText: (expression, datatype) => texts[datatype](expression),
  sortable: (expression) => expression,
  periodStart(expression, { level, firstDay }) {
    const start = (of: string) => `toDateTime64(date_trunc('${units[level]}', ${of}), 6, 'UTC')`;
    const isMoved = level === 'weeks' && firstDay === 'sun';
    return isMoved ? `addDays(${start(`addDays(${expression}, 1)`)}, -1)` : start(expression);
  },
  shift: (expression, { level }, amount) => `add${units[level]}s(${expression}, ${amount})`,
  toNumber: (expression) => `toFloat64(${expression})`,
  difference: (unit, start, end) => `dateDiff('${differences[unit]}', ${start}, ${end})`,
  isSame: (left, right) => `${left} IS NOT DISTINCT FROM ${right}`,
  aggregate: (aggregation, expression, filter, parameter) =>
    aggregates[aggregation](expression, filter, parameterText(parameter)),
};
