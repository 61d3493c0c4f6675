import type { Formula, Operator } from './formula.ts';

/** How tightly an operator binds; what binds less tightly inside it needs parentheses. */
const strengths: Readonly<Record<Operator | 'not' | 'sign', number>> = {
  or: 1,
  and: 2,
  not: 3,
  '=': 4,
  '<>': 4,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '+': 5,
  '-': 5,
  '*': 6,
  '/': 6,
  sign: 7,
};
const primary = 8;

/** A formula as text: reading it gives the same formula again, but for the places of its parts. */
export function printFormula(formula: Formula): string {
  switch (formula.kind) {
    case 'number':
      return String(formula.value);
    case 'text':
      return `"${formula.value.replaceAll('"', '""')}"`;
    case 'word':
      return String(formula.value).toUpperCase();
    case 'reference':
      return `[${formula.id}]`;
    case 'call':
      return `${formula.name.toUpperCase()}(${formula.of.map(printFormula).join(', ')})`;
    case 'unary':
      return formula.operator === 'not'
        ? `NOT ${inside(formula.of, strengths.not)}`
        : `-${inside(formula.of, strengths.sign)}`;
    case 'binary': {
      const strength = strengths[formula.operator];
      // Comparisons do not chain; the others join from the left.
      const left = inside(formula.left, strength === strengths['='] ? strength + 1 : strength);
      const right = inside(formula.right, strength + 1);
      return `${left} ${formula.operator.toUpperCase()} ${right}`;
    }
    case 'case': {
      const branches = formula.branches.map(
        ({ when, gives }) => ` WHEN ${printFormula(when)} THEN ${printFormula(gives)}`,
      );
      const { otherwise } = formula;
      const last = otherwise === undefined ? '' : ` ELSE ${printFormula(otherwise)}`;
      return `CASE${branches.join('')}${last} END`;
    }
    case 'measured':
      return `(${[formula.of, ...formula.by].map(printFormula).join(', ')})`;
  }
}

function inside(formula: Formula, least: number): string {
  const text = printFormula(formula);
  return strengthOf(formula) < least ? `(${text})` : text;
}

function strengthOf(formula: Formula): number {
  if (formula.kind === 'binary') return strengths[formula.operator];
  if (formula.kind === 'unary') return strengths[formula.operator === 'not' ? 'not' : 'sign'];
  return primary;
}
