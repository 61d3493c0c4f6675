import type { Value } from '../filter/value.ts';
import { datatypeOfTerm } from '../formula/make-term.ts';
import type { Grouping } from '../formula/term.ts';
import type { Fact } from './facts-of.ts';
import type { InForce } from './in-force.ts';
import { type Condition, type Merge, type Output, outputName, type Rows } from './plan.ts';
import { type Leaf, planSelect } from './plan-select.ts';
import { keyName, type RowPlanning } from './rows-request.ts';

export interface GroupsRequest {
  readonly keys: readonly Grouping[];
  /** The filters that decide which groups there are. */
  readonly filters: InForce;
  readonly leaves: readonly Leaf[];
  /** What the leaves, and other values of the groups, are computed of. */
  readonly facts: readonly Fact[];
}

/** Groups with their leaves as measures, and what keeps those that the filters leave. */
export interface PlannedGroups {
  readonly rows: Rows;
  readonly present: readonly Condition[];
}

/**
 * The groups of one fact by one select; of several by one each, under the same filters and its own data security, joined by their
 * keys. A group that only some facts have has no value of the others. Codes `no_path`, `rule_unreachable`.
 */
export function planGroups(request: GroupsRequest, planning: RowPlanning): PlannedGroups {
  const { keys, filters, leaves, facts } = request;
  const [fact, another] = facts;
  const asked = { keys, filters, isGrouped: true };
  if (fact === undefined) throw new TypeError('Groups are those of a fact.');
  if (another === undefined) {
    const { select, present } = planSelect({ ...asked, root: fact.root, leaves }, planning);
    return { rows: select, present: present === undefined ? [] : [isSome([present])] };
  }
  const parts = facts.map(({ root, measures }) => ({
    root,
    leaves: leaves.filter(({ term }) => measures.includes(term)),
  }));
  const isMarked = parts.some((part) => {
    return planSelect({ ...asked, ...part }, planning).present !== undefined;
  });
  const merged = parts.map((part, index): Merge['parts'][number] => {
    const { select, present } = planSelect({ ...asked, ...part, isMarked }, planning);
    const columns = part.leaves.map((leaf, place) => {
      const datatype = datatypeOfTerm(leaf.term);
      const name = measureName(leaves.indexOf(leaf));
      return { from: outputName('measure', place, datatype), name };
    });
    const mark = { from: countName(present ?? 0), name: measureName(leaves.length + index) };
    return {
      rows: select,
      columns: isMarked ? [...columns, mark] : columns,
      alias: planning.nextAlias(),
    };
  });
  const rows: Rows = {
    kind: 'merge',
    keys: keys.map((_, index) => keyName({ keys }, index)),
    parts: merged,
  };
  const marks = parts.map((_, index) => leaves.length + index);
  return { rows, present: isMarked ? [isSome(marks)] : [] };
}

/** That at least one of some counts is over 0. */
function isSome(measures: readonly number[]): Condition {
  const value: Value = { type: 'integer', value: '0' };
  const tests = measures.map((measure): Condition => {
    const filter = { kind: 'compare', comparison: '>', value } as const;
    return { kind: 'test', of: countName(measure), filter };
  });
  return { kind: 'or', of: tests };
}

function countName(measure: number): Output {
  return outputName('measure', measure, 'numeric');
}

function measureName(measure: number): string {
  return countName(measure).name;
}
