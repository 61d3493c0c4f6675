/**
 * Reads a formula's syntax as a term: placeholders become what stands in `context`, functions are looked up, and levels and
 * types are checked (see term.ts). Nothing is guessed: what does not fit is refused with its place in the text.
 */
import { textValue } from '../filter/value.ts';
import type { Formula } from './formula.ts';
import { FormulaRefusal } from './formula-refusal.ts';
import { commonType, fieldTerm, scalarTerm } from './make-term.ts';
import { parseFormula } from './parse-formula.ts';
import { readCall } from './read-call.ts';
import { readMeasured } from './read-measured.ts';
import type { Term, TermOf, TermType } from './term.ts';
import { caseTerm, checkTypes, itemOf, levelOf, type TermReading } from './term-reading.ts';

/** Parts of one formula, those of nested formulas included. */
const heaviest = 5_000;
const deepest = 120;
const arithmetic: ReadonlySet<string> = new Set(['+', '-', '*', '/']);
const logic: ReadonlySet<string> = new Set(['not', 'and', 'or']);

/** Reads the text of a formula. Codes `formula_…`, and what `lookUp` throws. */
export function readFormula(
  text: string,
  pointer: string,
  context: Pick<TermReading, 'ids' | 'lookUp'>,
): Term {
  const refusal = new FormulaRefusal(pointer);
  const formula = parseFormula(text, pointer);
  const reading: TermReading = {
    ...context,
    refusal,
    read(part) {
      const term = readKind(part, reading);
      if (term.weight <= heaviest && term.depth <= deepest) return term;
      throw refusal.at('formula_limit', 'The formula is too large.', part);
    },
  };
  const term = reading.read(formula);
  if (term.level === 'measure' && term.type !== 'boolean' && term.type !== 'null') return term;
  const message = 'A formula gives a number, text or date, aggregated.';
  throw refusal.at('formula_type', message, formula);
}

function readKind(formula: Formula, reading: TermReading): Term {
  switch (formula.kind) {
    case 'number':
      return constant({ type: 'number', value: formula.value }, 'numeric');
    case 'text': {
      const value = textValue(formula.value);
      if (value !== undefined) return constant(value, 'text');
      throw reading.refusal.at('formula_syntax', 'The text is not well-formed.', formula);
    }
    case 'word':
      return constant(formula.value, formula.value === null ? 'null' : 'boolean');
    case 'reference':
      return readReference(formula, reading);
    case 'call':
      return readCall(formula, reading);
    case 'unary':
    case 'binary':
      return readOperator(formula, reading);
    case 'case': {
      const branches = formula.branches.map(({ when, gives }) => ({
        when: reading.read(when),
        gives: reading.read(gives),
      }));
      const { otherwise } = formula;
      const last = otherwise === undefined ? undefined : reading.read(otherwise);
      return caseTerm(branches, last, formula, reading);
    }
    case 'measured':
      return readMeasured(formula, reading);
  }
}

function constant(value: TermOf<'constant'>['value'], type: TermType): Term {
  return { kind: 'constant', value, type, level: 'constant', weight: 1, depth: 1 };
}

function readReference(
  formula: Extract<Formula, { kind: 'reference' }>,
  reading: TermReading,
): Term {
  const item = itemOf(formula, reading);
  if (item.kind === 'term') return item.term;
  if (item.kind === 'field') return fieldTerm(item.grouping);
  const message = 'A filter stands behind a measure: (measure, [filter]).';
  throw reading.refusal.at('formula_reference', message, formula);
}

function readOperator(
  formula: Extract<Formula, { kind: 'unary' | 'binary' }>,
  reading: TermReading,
): Term {
  const { operator } = formula;
  const operands = formula.kind === 'unary' ? [formula.of] : [formula.left, formula.right];
  const of = operands.map((part) => reading.read(part));
  const level = levelOf(of, formula, reading);
  if (logic.has(operator)) {
    checkTypes(of, 'boolean', formula, reading);
    return scalarTerm(operator, of, 'boolean', level);
  }
  if (arithmetic.has(operator)) {
    checkTypes(of, 'numeric', formula, reading);
    return scalarTerm(formula.kind === 'unary' ? 'negate' : operator, of, 'numeric', level);
  }
  const type = commonType(of);
  if (type !== undefined && type !== 'boolean') return scalarTerm(operator, of, 'boolean', level);
  const message = 'Only values of the same type can be compared.';
  throw reading.refusal.at('formula_type', message, formula);
}
