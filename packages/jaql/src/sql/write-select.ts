import {
  type Condition,
  type Derive,
  datatypeOf,
  type Measure,
  type Merge,
  type Relation,
  type RowJoin,
  type Rows,
  type Select,
  type Source,
  type TableRef,
} from '../plan/plan.ts';
import { writeExpression, writeOrder, writeSortable } from './write-expression.ts';
import { joinConditions, negate, writeFilter, writeSpan } from './write-filter.ts';
import type { Writing } from './writing.ts';

/** Aggregations that look for the least or the greatest. */
const bySize: ReadonlySet<string> = new Set(['min', 'max', 'mode']);
/** Aggregations that are 0 of nothing. */
const counts: ReadonlySet<string> = new Set(['count', 'countduplicates']);

/** Rows as a select; its columns are called `c0`, `c1`, …, `m0`, `m1`, … and `x0`, `x1`, …. */
export function writeRows(rows: Rows, writing: Writing): string {
  switch (rows.kind) {
    case 'select':
      return writeSelect(rows, writing);
    case 'regroup': {
      const keys = Array.from({ length: rows.keys }, (_, index) => `c${index}`);
      // Under names of their own, since a new one could be taken for the column of the same name.
      const columns = [...keys, ...writeMeasures(rows.measures, writing, 'r')].join(', ');
      const groupBy = keys.length === 0 ? '' : ` GROUP BY ${keys.join(', ')}`;
      const values = rows.measures.map((_, index) => `r${index} AS m${index}`);
      const passes = `SELECT ${columns} FROM (${writeRows(rows.rows, writing)}) AS passes${groupBy}`;
      return `SELECT ${[...keys, ...values].join(', ')} FROM (${passes}) AS regrouped`;
    }
    case 'derive':
      return writeDerive(rows, writing);
    case 'merge':
      return writeMerge(rows, writing);
  }
}

/** Each key is that of the first part that has the group. */
function writeMerge({ keys, parts }: Merge, writing: Writing): string {
  const named = parts.map(({ rows, columns, alias }) => ({
    alias,
    keys: keys.map((key, index) => ({ from: key.name, name: `${alias}_${index}` })),
    columns: columns.map(({ from, name }) => ({ from: from.name, name })),
    rows: writeRows(rows, writing),
  }));
  const keyOf = (key: number, before: number) => {
    const all = named.slice(0, before).map((part) => part.keys[key]?.name ?? '');
    return all.length === 1 ? all.join('') : `COALESCE(${all.join(', ')})`;
  };
  const from = named.map(({ alias, rows, columns, keys: own }, place) => {
    // A bare name could be taken for the new one of a column before it.
    const taken = [...own, ...columns].map((one) => `part.${one.from} AS ${one.name}`).join(', ');
    const part = `(SELECT ${taken} FROM (${rows}) AS part) AS ${alias}`;
    if (place === 0) return part;
    if (own.length === 0) return ` CROSS JOIN ${part}`;
    const equal = keys.map((key, index) => {
      const name = own[index]?.name ?? '';
      return writing.dialect.isSame(keyOf(index, place), name, datatypeOf(key));
    });
    return ` FULL JOIN ${part} ON ${joinConditions('and', equal)}`;
  });
  const columns = [
    ...keys.map(({ name }, index) => `${keyOf(index, named.length)} AS ${name}`),
    ...named.flatMap((part) => part.columns.map(({ name }) => name)),
  ];
  return `SELECT ${columns.join(', ')} FROM ${from.join('')}`;
}

function writeSelect(select: Select, writing: Writing): string {
  const keys = select.keys.map((key, index) => `${writeExpression(key, writing)} AS c${index}`);
  const columns = [...keys, ...writeMeasures(select.measures, writing)].join(', ');
  const from = writeSource(select.source, writing);
  const groups = select.isGrouped ? keys.map((_, index) => index + 1).join(', ') : '';
  const groupBy = groups === '' ? '' : ` GROUP BY ${groups}`;
  return `SELECT ${columns} ${from}${groupBy}`;
}

function writeDerive({ rows, joins, where, columns, alias }: Derive, writing: Writing): string {
  const base = writeRows(rows, writing);
  // Rows that are joined to themselves are computed once.
  const isTwice = joins.some((join) => join.rows === 'itself');
  const added = columns.map(({ name, of }) => `${writeExpression(of, writing)} AS ${name}`);
  const joined = joins.map((join) => writeJoin(join, alias, writing));
  return [
    isTwice ? `WITH ${alias} AS (${base}) ` : '',
    `SELECT ${['*', ...added].join(', ')} FROM ${isTwice ? alias : `(${base}) AS ${alias}`}`,
    ...joined,
    writeWhere(where, writing),
  ].join('');
}

function writeJoin({ rows, columns, on, alias }: RowJoin, base: string, writing: Writing): string {
  const names = on.map(({ right }, index) => ({ from: right, name: `${alias}_${index}` }));
  const values = columns.map(({ from, name }) => ({ from: from.name, name }));
  const taken = [...names, ...values].map(({ from, name }) => `${from} AS ${name}`).join(', ');
  const from = rows === 'itself' ? base : `(${writeRows(rows, writing)}) AS others`;
  const equal = on.map(({ left, withNull }, index) => {
    const [one, other] = [writeExpression(left, writing), names[index]?.name ?? ''];
    if (!withNull) return `${one} = ${other}`;
    return writing.dialect.isSame(one, other, datatypeOf(left));
  });
  const joined = `(SELECT ${taken} FROM ${from}) AS ${alias}`;
  // Without keys there is one row, always.
  if (equal.length === 0) return ` CROSS JOIN ${joined}`;
  return ` LEFT JOIN ${joined} ON ${joinConditions('and', equal)}`;
}

function writeMeasures(measures: readonly Measure[], writing: Writing, name = 'm'): string[] {
  return measures.map(({ by, of, where, within }, index) => {
    const filter = where === undefined ? '' : ` FILTER (WHERE ${writeCondition(where, writing)})`;
    const { aggregation, parameter } = by;
    const expression = bySize.has(aggregation)
      ? writeSortable(of, writing)
      : writeExpression(of, writing);
    const value = writing.dialect.aggregate(aggregation, expression, filter, parameter);
    if (within === undefined) return `${value} AS ${name}${index}`;
    const none = counts.has(aggregation) ? ' ELSE 0' : '';
    return `CASE WHEN ${writeCondition(within, writing)} THEN ${value}${none} END AS ${name}${index}`;
  });
}

export function writeCondition(condition: Condition, writing: Writing): string {
  switch (condition.kind) {
    case 'test': {
      const { filter, of } = condition;
      // What does not look at the value must not bind its parts: PostgreSQL refuses parameters that stand nowhere.
      const isConstant = filter.kind === 'all' || filter.kind === 'none';
      return writeFilter(filter, isConstant ? '' : writeExpression(of, writing), writing);
    }
    case 'span': {
      const of = writeExpression(condition.of, writing);
      return writeSpan(of, condition.from, condition.before, writing);
    }
    case 'and':
    case 'or':
      return joinConditions(
        condition.kind,
        condition.of.map((part) => writeCondition(part, writing)),
      );
    case 'not':
      return negate(writeCondition(condition.of, writing));
    case 'related': {
      const of = writeExpression(condition.of, writing);
      const column = writeExpression(condition.column, writing);
      return `${of} IN (SELECT ${column} ${writeSource(condition.source, writing)})`;
    }
    case 'ranked': {
      const of = writeExpression(condition.of, writing);
      const members = `(${writeRows(condition.rows, writing)}) AS members`;
      const order = writeOrder(condition.order, writing);
      const first = `SELECT c0 FROM ${members} WHERE c0 IS NOT NULL${order} LIMIT ${wholeNumber(condition.count)}`;
      return `${of} IN (SELECT c0 FROM (${first}) AS ranked)`;
    }
  }
}

/** ` WHERE …`, or nothing for no condition. */
export function writeWhere(conditions: readonly Condition[], writing: Writing): string {
  const written = conditions.map((condition) => writeCondition(condition, writing));
  return written.length === 0 ? '' : ` WHERE ${written.join(' AND ')}`;
}

/** The only numbers that stand in the text of a statement. */
export function wholeNumber(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError('Not a number of rows.');
  return String(value);
}

function writeSource({ root, joins, where }: Source, writing: Writing): string {
  const joined = joins.map(({ kind, table, left, right }) => {
    const on = `${writeExpression(left, writing)} = ${writeExpression(right, writing)}`;
    return ` ${kind === 'left' ? 'LEFT' : 'INNER'} JOIN ${writeTable(table, writing)} ON ${on}`;
  });
  return `FROM ${writeTable(root, writing)}${joined.join('')}${writeWhere(where, writing)}`;
}

/** Restrictions stand inside the table, so that nothing around it can reach the rows that they leave out. */
function writeTable({ relation, alias, restrictions }: TableRef, writing: Writing): string {
  const table = `${writeRelation(relation, writing)} AS ${alias}`;
  if (restrictions.length === 0) return table;
  return `(SELECT * FROM ${table}${writeWhere(restrictions, writing)}) AS ${alias}`;
}

function writeRelation(relation: Relation, writing: Writing): string {
  if (relation.kind === 'named') return writing.dialect.quote(relation.name);
  const parts = relation.parts.map((part) =>
    typeof part === 'string' ? part : writing.bind(part),
  );
  // A comment at its end must not reach the parenthesis.
  return `(${parts.join('')}\n)`;
}
