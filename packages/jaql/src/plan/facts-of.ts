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
  refuseUnrelated(keys, measures, planning);
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
  const odd = keys.find((_, index) => rootOf(groups.slice(0, index + 1), planning) === undefined);
  throw new JaqlError('fan_out', 'Rows of these groups would be there more than once.', odd ?? {});
}

/** Code `no_path`. */
function refuseUnrelated(
  keys: readonly Grouping[],
  measures: readonly Aggregate[],
  { index }: Planning,
): void {
  const named = [
    ...keys.map(({ field, pointer }) => ({ table: field.table.name, pointer })),
    ...measures.flatMap((measure) =>
      tablesOf(measure).map((table) => ({ table, pointer: measure.place.pointer })),
    ),
  ];
  for (const { table, pointer } of named) {
    if (index.path(named[0]?.table ?? table, table) !== undefined) continue;
    const at = pointer === undefined ? {} : { pointer };
    throw new JaqlError('no_path', 'Tables of this query are not related.', at);
  }
}

/** The one table whose rows lead to all of some related tables, if there is one. */
function rootOf(tables: readonly string[], { index }: Planning): string | undefined {
  const [first] = tables;
  if (first === undefined) throw new TypeError('A query without tables has no root.');
  const steps = tables.flatMap((table) => index.path(first, table) ?? []);
  const nodes = new Set([first, ...steps.map((step) => step.to)]);
  for (const step of steps) nodes.delete(step.direction === 'up' ? step.to : step.from);
  const [root, another] = nodes;
  return another === undefined ? root : undefined;
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
