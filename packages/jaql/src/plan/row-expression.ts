import { datatypeOfTerm } from '../formula/make-term.ts';
import type { Grouping, Term } from '../formula/term.ts';
import type { Expression } from './plan.ts';

/** A term as an expression, once it is known where its leaves are read. */
export function expressionOf(term: Term, leaf: (term: Term) => Expression): Expression {
  const operand = (part: Term): Expression => {
    const of = expressionOf(part, leaf);
    return isComputed(part) || part.type !== 'numeric' ? of : { kind: 'number', of };
  };
  switch (term.kind) {
    case 'constant':
      return { kind: 'constant', value: term.value };
    case 'scalar':
      return { kind: 'scalar', function: term.function, of: term.of.map(operand) };
    case 'difference':
      return {
        kind: 'difference',
        unit: term.unit,
        end: operand(term.end),
        start: operand(term.start),
      };
    case 'case':
      return {
        kind: 'case',
        branches: term.branches.map(({ when, gives }) => ({
          when: operand(when),
          gives: operand(gives),
        })),
        ...(term.otherwise === undefined ? {} : { otherwise: operand(term.otherwise) }),
        datatype: datatypeOfTerm(term),
      };
    default:
      return leaf(term);
  }
}

/** What is computed is of double precision already; what the database holds or adds up is of any. */
function isComputed({ kind }: Term): boolean {
  return kind === 'scalar' || kind === 'constant' || kind === 'case' || kind === 'difference';
}

/** A column, or the period that its date is in. */
export function inPeriod(of: Expression, period: Grouping['period']): Expression {
  return period === undefined ? of : { kind: 'period', period, of };
}
