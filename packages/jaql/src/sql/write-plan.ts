import type { Condition, Expression, Plan } from '../plan/plan.ts';
import type { Dialect, SqlParam } from './dialect.ts';
import { writeExpression, writeOrder } from './write-expression.ts';
import { wholeNumber, writeCondition, writeRows, writeWhere } from './write-select.ts';
import { Writing } from './writing.ts';

/** A statement and the values to bind. */
export interface Statement {
  readonly text: string;
  readonly params: readonly SqlParam[];
}

/** Writes a plan as one statement; it asks for one row more than the plan's limit. */
export function writePlan(plan: Plan, dialect: Dialect): Statement {
  const writing = new Writing(dialect);
  const output = plan.output.map((part) => writeOutput(part, writing)).join(', ');
  const rows = writeRankings(plan, writeRows(plan.rows, writing), writing);
  const text = [
    `SELECT ${output} FROM (${rows}) AS result`,
    writeWhere(plan.after, writing),
    writeOrder(plan.order, writing),
    ` LIMIT ${wholeNumber(plan.limit + 1)}`,
    plan.offset === 0 ? '' : ` OFFSET ${wholeNumber(plan.offset)}`,
  ].join('');
  return { text, params: writing.params };
}

function writeRankings({ before, rankings }: Plan, select: string, writing: Writing): string {
  return rankings.reduce((rows, { order, count }, index) => {
    const where = index === 0 ? writeWhere(before, writing) : '';
    const first = `${writeOrder(order, writing)} LIMIT ${wholeNumber(count)}`;
    return `SELECT * FROM (${rows}) AS ranked${where}${first}`;
  }, select);
}

function writeOutput(part: Expression | Condition, writing: Writing): string {
  switch (part.kind) {
    case 'test':
    case 'span':
    case 'and':
    case 'or':
    case 'not':
    case 'related':
    case 'ranked':
      // Not every engine has a type of its own for what a condition gives.
      return `CASE WHEN ${writeCondition(part, writing)} THEN true ELSE false END`;
    default:
      return writeExpression(part, writing);
  }
}
