import type { Condition, Measure, Select, Source, TableRef } from '../plan/plan.ts';
import { writeExpression, writeOrder, writeSortable } from './write-expression.ts';
import { joinConditions, negate, writeFilter } from './write-filter.ts';
import type { Writing } from './writing.ts';

/** A select; its columns are called `c0`, `c1`, … and `m0`, `m1`, …. */
export function writeSelect(select: Select, writing: Writing): string {
  const keys = select.keys.map((key, index) => `${writeExpression(key, writing)} AS c${index}`);
  const measures = select.measures.map(
    (measure, index) => `${writeMeasure(measure, writing)} AS m${index}`,
  );
  const from = writeSource(select.source, writing);
  const groups = select.isGrouped ? keys.map((_, index) => index + 1).join(', ') : '';
  const groupBy = groups === '' ? '' : ` GROUP BY ${groups}`;
  return `SELECT ${[...keys, ...measures].join(', ')} ${from}${groupBy}`;
}

export function writeCondition(condition: Condition, writing: Writing): string {
  switch (condition.kind) {
    case 'test':
      return writeFilter(condition.filter, writeExpression(condition.of, writing), writing);
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
      const members = `(${writeSelect(condition.select, writing)}) AS members`;
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

function writeMeasure({ aggregation, of }: Measure, writing: Writing): string {
  const isExtreme = aggregation === 'min' || aggregation === 'max';
  const argument = isExtreme ? writeSortable(of, writing) : writeExpression(of, writing);
  return writing.dialect.aggregate(aggregation, argument);
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
  const table = `${writing.dialect.quote(relation)} AS ${alias}`;
  if (restrictions.length === 0) return table;
  return `(SELECT * FROM ${table}${writeWhere(restrictions, writing)}) AS ${alias}`;
}
