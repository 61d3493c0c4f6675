import type { PhysicalColumn } from '../model/field.ts';
import type { Step } from '../model/path.ts';
import type { Expression, Join, TableRef } from './plan.ts';
import { firstStepsTowardsRules, type Planning, restrictTable } from './restrict-table.ts';

/** Tables joined up from a root. */
export interface JoinedTables {
  readonly root: TableRef;
  readonly joins: readonly Join[];
  /** A column of one of the tables. */
  column(table: string, column: PhysicalColumn): Expression;
}

/**
 * Joins tables along steps up, each of which begins at the root or at a table joined before.
 *
 * A row without a partner stays, unless data security lies on the other side: such a row has to go, and so have those whose
 * partner goes. An inner join with the restricted partner says just this, so the left table need not be restricted by it.
 */
export function joinTables(
  root: string,
  steps: readonly Step[],
  planning: Planning,
  cameFrom?: string,
): JoinedTables {
  const refs = new Map<string, TableRef>();
  const refer = (table: string, from: string | undefined): TableRef => {
    const inner = steps.filter((step) => step.from === table && isInner(step, planning));
    const apart = [...inner.map((step) => step.to), ...(from === undefined ? [] : [from])];
    const ref = restrictTable(table, planning, new Set(apart));
    refs.set(table, ref);
    return ref;
  };
  const column = (table: string, physical: PhysicalColumn): Expression => {
    const ref = refs.get(table);
    if (ref === undefined) throw new TypeError('A column was asked for of a table not joined.');
    return { kind: 'column', alias: ref.alias, column: physical };
  };
  const rootRef = refer(root, cameFrom);
  const joins = steps.map((step): Join => {
    const table = refer(step.to, step.from);
    return {
      kind: isInner(step, planning) ? 'inner' : 'left',
      table,
      left: column(step.from, step.fromColumn),
      right: column(step.to, step.toColumn),
    };
  });
  return { root: rootRef, joins, column };
}

function isInner(step: Step, planning: Planning): boolean {
  return firstStepsTowardsRules(step.from, planning).has(step.to);
}
