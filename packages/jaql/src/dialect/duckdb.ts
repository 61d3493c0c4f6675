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
  text: 'VARCHAR',
  integer: 'BIGINT',
  number: 'DOUBLE',
  timestamp: 'TIMESTAMP',
};

const textTests: Readonly<Record<TextTest, (text: string, value: string) => string>> = {
  contains: (text, value) => `contains(${text}, ${value})`,
  startsWith: (text, value) => `starts_with(${text}, ${value})`,
  endsWith: (text, value) => `ends_with(${text}, ${value})`,
  equals: (text, value) => `(${text} = ${value})`,
  like: (text, value) => `(${text} LIKE ${value})`,
};

const texts: Readonly<Record<Datatype, (of: string) => string>> = {
  text: (of) => of,
  numeric: (of) => withoutZeros(`CAST(${of} AS VARCHAR)`),
  datetime: (of) => `CAST(CAST(${of} AS TIMESTAMP) AS VARCHAR)`,
};

const aggregates: Readonly<Record<Aggregation, (of: string) => string>> = {
  ...standardAggregates,
  sum: (of) => `sum(${of})`,
  // Of decimals it would give one with their scale.
  median: (of) => `median(CAST(${of} AS DOUBLE))`,
};

/** SQL as DuckDB 1.5 reads it. */
export const duckDbDialect: Dialect = {
  name: 'duckdb',
  quote: quoteDoubled,
  placeholder: (position, param) =>
    `CAST($${position} AS ${types[param.type]}${'list' in param ? '[]' : ''})`,
  column: (expression) => expression,
  inList: (expression, list) => `(${expression} IN (SELECT unnest(${list})))`,
  textTest: (test, expression, value) => textTests[test](`lower(${expression})`, `lower(${value})`),
  toText: (expression, datatype) => texts[datatype](expression),
  sortable: (expression) => expression,
  periodStart: truncated,
  shift: moved,
  aggregate: (aggregation, expression) => aggregates[aggregation](expression),
};
