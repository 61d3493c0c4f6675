/**
 * Rows of the root lead up to one row of each table they belong to. A filter on a table that lies down a relation keeps the rows that have a partner there: a semi-join, so that it cannot
 * multiply rows.
 */
import { JaqlError } from '../jaql-error.ts';
import { type Field, physicalColumn } from '../model/field.ts';
import type { Step } from '../model/path.ts';
import { joinTables } from './join-tables.ts';
import type { Condition, Expression, Source } from './plan.ts';
import type { Planning } from './restrict-table.ts';
import {
  type FieldFilter,
  fieldFiltersIn,
  isChoice,
  isFieldFilter,
  type RowFilter,
} from './row-filter.ts';

/** What becomes of a field's filter once it is known where its column is read. */
export type ConditionOf = (filter: FieldFilter, column: Expression) => Condition;

export interface BuiltSource {
  readonly source: Source;
  column(field: Field): Expression;
}

/** Joined tables, on which filters become conditions. */
export interface OpenSource {
  readonly root: Source['root'];
  readonly joins: Source['joins'];
  column(field: Field): Expression;
  restrict(filters: readonly RowFilter[], conditionOf: ConditionOf): Condition[];
}

/** A source with all tables of `fields` joined and all filters applied. Codes `fan_out`, `no_path`, `rule_unreachable`. */
export function buildSource(
  root: string,
  fields: readonly Field[],
  filters: readonly RowFilter[],
  planning: Planning,
  conditionOf: ConditionOf,
  cameFrom?: string,
): BuiltSource {
  const opened = openSource(root, fields, filters, planning, cameFrom);
  const where = opened.restrict(filters, conditionOf);
  return { source: { root: opened.root, joins: opened.joins, where }, column: opened.column };
}

/** A source with all tables of fields and filters joined, and no filter applied yet. Codes as of `buildSource`. */
export function openSource(
  root: string,
  fields: readonly Field[],
  filters: readonly RowFilter[],
  planning: Planning,
  cameFrom?: string,
): OpenSource {
  const ways = new Map(
    filters.flatMap(fieldFiltersIn).map((filter) => [filter, wayTo(root, filter, planning)]),
  );
  const steps = new Map<string, Step>();
  for (const step of fields.flatMap((field) => wayUp(root, field, planning)))
    steps.set(step.to, step);
  for (const { up } of ways.values()) for (const step of up) steps.set(step.to, step);

  const joined = joinTables(root, [...steps.values()], planning, cameFrom);
  const column = (field: Field) => joined.column(field.table.name, physicalColumn(field.column));
  const restrict = (all: readonly RowFilter[], conditionOf: ConditionOf): Condition[] => {
    // One row down the relation has to meet all of them at once.
    const below = Map.groupBy(all.filter(isFieldFilter), (filter) => ways.get(filter)?.down);
    const here = below.get(undefined) ?? [];
    return [
      ...here.map((filter) => conditionOf(filter, column(filter.field))),
      ...[...below].flatMap(([down, group]) => (down ? [related(down, group, conditionOf)] : [])),
      ...all.filter(isChoice).map(({ anyOf }): Condition => {
        const parts = anyOf.map((part) => restrict(part, conditionOf));
        return { kind: 'or', of: parts.map((of) => ({ kind: 'and', of })) };
      }),
    ];
  };
  const related = (
    down: Step,
    group: readonly FieldFilter[],
    conditionOf: ConditionOf,
  ): Condition => {
    const { source } = buildSource(down.to, [], group, planning, conditionOf, down.from);
    return {
      kind: 'related',
      of: joined.column(down.from, down.fromColumn),
      source,
      column: { kind: 'column', alias: source.root.alias, column: down.toColumn },
    };
  };
  return { root: joined.root, joins: joined.joins, column, restrict };
}

/** True where the filter is met by rows below those of the root, of which there may be many. */
export function isBelow(root: string, filter: RowFilter, planning: Planning): boolean {
  return isFieldFilter(filter) && wayTo(root, filter, planning).down !== undefined;
}

/** Where a filter is met: up some relations, and then down the first of those that lead on. */
interface FilterWay {
  readonly up: readonly Step[];
  readonly down?: Step;
}

function wayTo(root: string, filter: FieldFilter, { index }: Planning): FilterWay {
  const path = index.path(root, filter.field.table.name);
  if (path === undefined) {
    const { pointer } = filter;
    throw new JaqlError('no_path', 'The filter is on a table without a relation.', { pointer });
  }
  const turn = path.findIndex((step) => step.direction === 'down');
  const down = path[turn];
  return down === undefined ? { up: path } : { up: path.slice(0, turn), down };
}

function wayUp(root: string, field: Field, { index }: Planning): readonly Step[] {
  const path = index.path(root, field.table.name);
  if (path?.every((step) => step.direction === 'up')) return path;
  throw new JaqlError('fan_out', 'Rows of this query would be counted more than once.');
}
