import { datatypeOf, type Expression, type Order } from '../plan/plan.ts';
import { writeShift } from './write-filter.ts';
import { writeScalar } from './write-scalar.ts';
import type { Writing } from './writing.ts';

export function writeExpression(expression: Expression, writing: Writing): string {
  const { dialect } = writing;
  const write = (part: Expression) => writeExpression(part, writing);
  switch (expression.kind) {
    case 'column':
      return dialect.column(
        `${expression.alias}.${dialect.quote(expression.column.name)}`,
        expression.column.datatype,
      );
    case 'period':
      return dialect.periodStart(write(expression.of), expression.period);
    case 'shift':
      return writeShift(write(expression.of), expression, writing);
    case 'text':
      return dialect.toText(write(expression.of), datatypeOf(expression.of));
    case 'number':
      return dialect.toNumber(write(expression.of));
    case 'output':
      return expression.name;
    case 'constant': {
      const { value } = expression;
      if (value === null) return 'NULL';
      return typeof value === 'boolean' ? (value ? '(1 = 1)' : '(1 = 0)') : writing.bind(value);
    }
    case 'scalar':
      return writeScalar(expression.function, expression.of.map(write));
    case 'difference':
      return dialect.toNumber(
        dialect.difference(expression.unit, write(expression.start), write(expression.end)),
      );
    case 'case': {
      const branches = expression.branches.map(
        ({ when, gives }) => ` WHEN ${write(when)} THEN ${write(gives)}`,
      );
      const { otherwise } = expression;
      const last = otherwise === undefined ? '' : ` ELSE ${write(otherwise)}`;
      return `(CASE${branches.join('')}${last} END)`;
    }
    case 'window':
      return writeWindow(expression, writing);
  }
}

function writeWindow(
  { function: name, of, partition, order }: Extract<Expression, { kind: 'window' }>,
  writing: Writing,
): string {
  const by = partition.map((part) => writeExpression(part, writing)).join(', ');
  const sorted = writeOrder(order, writing).trim();
  const over = (frame = '') => {
    const parts = [by === '' ? '' : `PARTITION BY ${by}`, sorted, frame];
    return ` OVER (${parts.filter((part) => part !== '').join(' ')})`;
  };
  const soFar = order.length === 0 ? '' : 'ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';
  switch (name) {
    case 'sum':
    case 'avg':
      return `${name}(${writeExpression(of, writing)})${over(soFar)}`;
    case 'rank':
      return writing.dialect.toNumber(`rank()${over()}`);
    case 'rankBelow': {
      const peers = 'RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW';
      return writing.dialect.toNumber(`count(*)${over(peers)}`);
    }
    case 'denseRank':
      return writing.dialect.toNumber(`dense_rank()${over()}`);
    case 'number':
      return writing.dialect.toNumber(`row_number()${over()}`);
  }
}

/** An expression as it is compared by size: in `ORDER BY`, in `min`, `max` and `mode`. */
export function writeSortable(expression: Expression, writing: Writing): string {
  return writing.dialect.sortable(writeExpression(expression, writing), datatypeOf(expression));
}

/** ` ORDER BY …`, or nothing for no order. */
export function writeOrder(order: readonly Order[], writing: Writing): string {
  if (order.length === 0) return '';
  const parts = order.map(({ of, direction }) => {
    return `${writeSortable(of, writing)} ${direction === 'asc' ? 'ASC' : 'DESC'} NULLS LAST`;
  });
  return ` ORDER BY ${parts.join(', ')}`;
}
