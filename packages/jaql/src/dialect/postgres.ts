import type { Aggregation, Datatype } from '@vitrine/claims';
import type { TextTest } from '../filter/filter.ts';
import type { Dialect, SqlParam } from '../sql/dialect.ts';
import {
  moved,
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

const aggregates: Readonly<Record<Aggregation, (of: string) => string>> = {
  ...standardAggregates,
  // The sum of single-precision numbers would be one; multiplied by an integer they are double.
  sum: (of) => `sum(${of} * CAST(1 AS smallint))`,
  median: (of) => `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${of})`,
};

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
  inList: (expression, list) => `(${expression} = ANY(${list}))`,
  textTest: (test, expression, value) => textTests[test](fold(expression), fold(value)),
  toText: (expression, datatype) => texts[datatype](expression),
  sortable: (expression, datatype) =>
    datatype === 'text' ? `${expression} COLLATE "C"` : expression,
  periodStart: truncated,
  shift: moved,
  aggregate: (aggregation, expression) => aggregates[aggregation](expression),
};
