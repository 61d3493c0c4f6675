import type { Formula } from './formula.ts';
import type { FormulaRefusal } from './formula-refusal.ts';
import { commonLevel, commonType, sizeOf } from './make-term.ts';
import type { ContextItem, Term, TermLevel, TermType } from './term.ts';

/** What reading the parts of one formula needs. */
export interface TermReading {
  readonly refusal: FormulaRefusal;
  /** The ids of `context`, for hints. */
  readonly ids: readonly string[];
  /** What a placeholder stands for, or undefined where there is nothing. */
  lookUp(id: string): ContextItem | undefined;
  /** A part as a term. */
  read(formula: Formula): Term;
}

/** What a placeholder stands for. Code `formula_reference`. */
export function itemOf(
  formula: Extract<Formula, { kind: 'reference' }>,
  { refusal, ids, lookUp }: TermReading,
): ContextItem {
  const item = lookUp(formula.id);
  if (item !== undefined) return item;
  const message = 'The placeholder has no item in `context`.';
  throw refusal.unknown('formula_reference', message, formula, formula.id, ids);
}

/** The level of parts that stand beside each other. Code `formula_type`. */
export function levelOf(
  parts: readonly Term[],
  formula: Formula,
  { refusal }: TermReading,
): TermLevel {
  const level = commonLevel(parts);
  if (level !== undefined) return level;
  throw refusal.at('formula_type', 'A field beside a measure has to be aggregated.', formula);
}

/** Throws `formula_type` where a part is of another type; NULL is of any. */
export function checkTypes(
  parts: readonly Term[],
  type: TermType,
  formula: Formula,
  { refusal }: TermReading,
): void {
  if (parts.every((part) => part.type === type || part.type === 'null')) return;
  throw refusal.at('formula_type', 'The value is of another type than is expected.', formula);
}

/** The first branch whose condition is met. Code `formula_type`. */
export function caseTerm(
  branches: readonly { readonly when: Term; readonly gives: Term }[],
  otherwise: Term | undefined,
  formula: Formula,
  reading: TermReading,
): Term {
  const conditions = branches.map(({ when }) => when);
  const last = otherwise === undefined ? [] : [otherwise];
  const results = [...branches.map(({ gives }) => gives), ...last];
  checkTypes(conditions, 'boolean', formula, reading);
  const type = commonType(results);
  if (type === undefined) {
    const message = 'All results of a condition are of one type.';
    throw reading.refusal.at('formula_type', message, formula);
  }
  const parts = [...conditions, ...results];
  return {
    kind: 'case',
    branches,
    ...(otherwise === undefined ? {} : { otherwise }),
    type,
    level: levelOf(parts, formula, reading),
    ...sizeOf(parts),
  };
}
