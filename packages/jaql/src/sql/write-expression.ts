import { datatypeOf, type Expression, type Order } from '../plan/plan.ts';
import type { Writing } from './writing.ts';

export function writeExpression(expression: Expression, writing: Writing): string {
  const { dialect } = writing;
  switch (expression.kind) {
    case 'column':
      return writeColumn(expression, writing);
    case 'period':
      return dialect.periodStart(writeExpression(expression.of, writing), expression.period);
    case 'text':
      return dialect.toText(writeExpression(expression.of, writing), datatypeOf(expression.of));
    case 'output':
      return expression.name;
  }
}

/** An expression as it is compared by size: in `ORDER BY`, in `min` and `max`. */
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

function writeColumn(
  { alias, column: { name, datatype } }: Extract<Expression, { kind: 'column' }>,
  { dialect }: Writing,
): string {
  return dialect.column(`${alias}.${dialect.quote(name)}`, datatype);
}
