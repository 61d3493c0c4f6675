import type { Datatype } from '@vitrine/claims';
import type {
  Aggregating,
  Grouping,
  Place,
  ScalarFunction,
  Term,
  TermLevel,
  TermType,
} from './term.ts';

/** How often an argument is written where one mention is not enough to keep it out of a function's forbidden values. */
const mentions: Partial<Record<ScalarFunction, number>> = { sqrt: 2, power: 6, mod: 2, round: 2 };

/** The level of a term made of parts, or undefined where fields and measures are mixed. */
export function commonLevel(parts: readonly Term[]): TermLevel | undefined {
  const levels = new Set(parts.map(({ level }) => level));
  if (levels.has('row')) return levels.has('measure') ? undefined : 'row';
  return levels.has('measure') ? 'measure' : 'constant';
}

/** The type that all parts have; NULL goes with any. Undefined where they differ. */
export function commonType(parts: readonly Term[]): TermType | undefined {
  const types = new Set(parts.map(({ type }) => type).filter((type) => type !== 'null'));
  const [type] = types;
  if (type === undefined) return 'null';
  return types.size === 1 ? type : undefined;
}

/** Weight and depth of a term made of parts, each written `times` times. */
export function sizeOf(parts: readonly Term[], times = 1): { weight: number; depth: number } {
  return {
    weight: 1 + times * parts.reduce((sum, { weight }) => sum + weight, 0),
    depth: 1 + Math.max(0, ...parts.map(({ depth }) => depth)),
  };
}

/** A function of parts that go together. */
export function scalarTerm(
  name: ScalarFunction,
  of: readonly Term[],
  type: TermType,
  level: TermLevel,
): Term {
  return { kind: 'scalar', function: name, of, type, level, ...sizeOf(of, mentions[name]) };
}

export function fieldTerm(grouping: Grouping): Term {
  const type = grouping.field.column.type;
  return { kind: 'field', grouping, type, level: 'row', weight: 1, depth: 1 };
}

/** An aggregated row term. */
export function aggregateTerm(by: Aggregating, of: Term, place: Place): Term {
  return {
    kind: 'aggregate',
    by,
    of,
    place,
    type: aggregatedType(by, of),
    level: 'measure',
    ...sizeOf([of]),
  };
}

/** What an aggregation gives: some give what they took, the others numbers. */
export function aggregatedType({ aggregation }: Aggregating, of: Term): TermType {
  const isOfItsValues = aggregation === 'min' || aggregation === 'max' || aggregation === 'mode';
  return isOfItsValues ? of.type : 'numeric';
}

/** What a column of the term's values holds; conditions count as numbers. */
export function datatypeOfTerm({ type }: Pick<Term, 'type'>): Datatype {
  return type === 'text' || type === 'datetime' ? type : 'numeric';
}
