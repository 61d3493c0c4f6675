import type { Term, TermOf } from '../formula/term.ts';
import type { Field } from '../model/field.ts';

/** The parts of a term that stand directly in it. */
export function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'constant':
    case 'field':
      return [];
    case 'scalar':
      return term.of;
    case 'difference':
      return [term.end, term.start];
    case 'case':
      return [
        ...term.branches.flatMap(({ when, gives }) => [when, gives]),
        ...(term.otherwise === undefined ? [] : [term.otherwise]),
      ];
    case 'aggregate':
    case 'pass':
    case 'measured':
    case 'window':
      return [term.of];
  }
}

/** The fields whose rows a term is computed of. */
export function fieldsOfTerm(term: Term): readonly Field[] {
  return term.kind === 'field'
    ? [term.grouping.field]
    : partsOf(term).flatMap((part) => fieldsOfTerm(part));
}

/** The aggregates that a term is computed of. */
export function aggregatesIn(term: Term): readonly TermOf<'aggregate'>[] {
  return term.kind === 'aggregate' ? [term] : partsOf(term).flatMap(aggregatesIn);
}

/** True where a term needs no other groups than its row's own: it is computed of aggregates, and of them alone. */
export function isOfOwnGroup(term: Term): boolean {
  switch (term.kind) {
    case 'pass':
    case 'window':
      return false;
    case 'measured':
      return term.changes.every(({ kind }) => kind === 'filter') && isOfOwnGroup(term.of);
    default:
      return partsOf(term).every(isOfOwnGroup);
  }
}

/** True where a term is computed over the rows of the result. */
export function isOverRows(term: Term): boolean {
  return term.kind === 'window' || partsOf(term).some(isOverRows);
}

const keys = new WeakMap<Term, string>();

/** Equal for terms that compute the same of the same fields. */
export function termKey(term: Term): string {
  const known = keys.get(term);
  if (known !== undefined) return known;
  const key = JSON.stringify(term, (name, value) => {
    if (name === 'place') return undefined;
    return name === 'field' ? (value as Field).dim : value;
  });
  keys.set(term, key);
  return key;
}
