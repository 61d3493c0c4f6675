import type { PhysicalColumn } from './field.ts';

/** A relation between two fields of the model; ends are physical columns of model tables. */
export interface Relation {
  readonly many: RelationEnd;
  readonly one: RelationEnd;
}

interface RelationEnd {
  readonly table: string;
  readonly column: PhysicalColumn;
}

/** One relation walked: `up` from many rows to their one row, `down` from one row to its many. */
export interface Step {
  readonly direction: 'up' | 'down';
  readonly from: string;
  readonly fromColumn: PhysicalColumn;
  readonly to: string;
  readonly toColumn: PhysicalColumn;
}

/** The relations of a table as steps away from it. */
export function stepsFrom(table: string, relations: readonly Relation[]): readonly Step[] {
  return relations.flatMap(({ many, one }): Step[] => {
    if (many.table === table) return [stepBetween('up', many, one)];
    return one.table === table ? [stepBetween('down', one, many)] : [];
  });
}

function stepBetween(direction: Step['direction'], from: RelationEnd, to: RelationEnd): Step {
  return {
    direction,
    from: from.table,
    fromColumn: from.column,
    to: to.table,
    toColumn: to.column,
  };
}

/** The steps from one table to another; models have at most one way. */
export function findPath(
  from: string,
  to: string,
  stepsOf: (table: string) => readonly Step[],
): readonly Step[] | undefined {
  const reached = new Map<string, readonly Step[]>([[from, []]]);
  for (const [table, path] of reached) {
    if (table === to) return path;
    for (const step of stepsOf(table)) {
      if (!reached.has(step.to)) reached.set(step.to, [...path, step]);
    }
  }
  return undefined;
}
