/**
 * Which table's rows a measure is computed of. Where rows of one table lead to all groups and measures of a query, it is that one.
 * Otherwise each measure is computed of rows of its own, so that none is counted more than once:
 *
 *     Orders ─► Brand ◄─ Returns       sum of orders and sum of returns by brand: two facts, joined by the groups
 *
 * What counts alike however often its rows are there (`count`, `min`, `max`) goes with the one fact that leads to it.
 */
import type { Grouping, TermOf } from '../formula/term.ts';
import { JaqlError } from '../jaql-error.ts';
import { rootOf } from './build-source.ts';
import type { Planning } from './restrict-table.ts';
import { fieldsOfTerm } from './term-fields.ts';

type Aggregate = TermOf<'aggregate'>;

/** Some measures of a query, and the table whose rows lead to all of them and to the groups. */
export interface Fact {
  readonly root: string;
  readonly measures: readonly Aggregate[];
}

const countingOnce: ReadonlySet<string> = new Set(['count', 'min', 'max']);

/** The facts of a query, at least one. Codes `fan_out`, `no_path`. */
export function factsOf(
  keys: readonly Grouping[],
  measures: readonly Aggregate[],
  planning: Planning,
): readonly [Fact, ...Fact[]] {
  const groups = keys.map(({ field }) => field.table.name);
  const one = rootOf([...groups, ...measures.flatMap(tablesOf)], planning);
  if (one !== undefined && measures.every((measure) => isCountedOnce(measure, one))) {
    return [{ root: one, measures }];
  }
  const roots = new Map(
    measures.map((measure) => {
      const root = rootOf([...groups, ...tablesOf(measure)], planning);
      if (root !== undefined && isCountedOnce(measure, root)) return [measure, root];
      throw fanOut('Rows of this measure would be counted more than once.', measure);
    }),
  );
  const leadsTo = (from: string, to: string) =>
    planning.index.path(from, to)?.every(({ direction }) => direction === 'up') === true;
  const all = new Set(roots.values());
  const isFact = (root: string) =>
    measures.some((measure) => roots.get(measure) === root && !isRepeatable(measure)) ||
    [...all].every((other) => other === root || !leadsTo(other, root));
  const facts = [...all].filter(isFact);
  const factOf = (measure: Aggregate): string => {
    const root = roots.get(measure) ?? '';
    const [fact = root, another] = facts.includes(root)
      ? [root]
      : facts.filter((other) => leadsTo(other, root));
    if (another === undefined) return fact;
    throw fanOut('Several measures of the query lead to this one, each to other rows.', measure);
  };
  const [first, ...others] = [...Map.groupBy(measures, factOf)].map(([root, own]): Fact => {
    return { root, measures: own };
  });
  if (first !== undefined) return [first, ...others];
  throw new JaqlError('fan_out', 'Rows of this query would be counted more than once.');
}

function tablesOf({ of }: Aggregate): string[] {
  return fieldsOfTerm(of).map(({ table }) => table.name);
}

/** Joined tables repeat their rows, of which only some measures take no notice. */
function isCountedOnce(measure: Aggregate, root: string): boolean {
  return isRepeatable(measure) || tablesOf(measure).includes(root);
}

function isRepeatable({ by }: Aggregate): boolean {
  return countingOnce.has(by.aggregation);
}

function fanOut(message: string, { place }: Aggregate): JaqlError {
  return new JaqlError('fan_out', message, place);
}
