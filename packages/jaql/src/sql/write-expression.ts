import type { Expression, Order } from '../plan/plan.ts';
import type { Writing } from './writing.ts';

export function writeExpression(expression: Expression, writing: Writing): string {
  const { dialect } = writing;
  switch (expression.kind) {
    case 'column':
      return `${expression.alias}.${dialect.quote(expression.name)}`;
    case 'period':
      return dialect.periodStart(writeExpression(expression.of, writing), expression.period);
    case 'text':
      return dialect.toText(writeExpression(expression.of, writing));
    case 'output':
      return expression.name;
  }
}

/** ` ORDER BY …`, or nothing for no order. */
export function writeOrder(order: readonly Order[], writing: Writing): string {
  if (order.length === 0) return '';
  const parts = order.map(({ of, direction }) => {
    return `${writeExpression(of, writing)} ${direction === 'asc' ? 'ASC' : 'DESC'} NULLS LAST`;
  });
  return ` ORDER BY ${parts.join(', ')}`;
}
