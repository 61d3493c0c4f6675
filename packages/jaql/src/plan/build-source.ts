/**
 * Rows of the root lead up to one row of each table they belong to. A filter on a table that lies down a relation keeps the rows that have a partner there: a semi-join, so that it cannot
 * multiply rows.
 */
import { everything, type Filter } from '../filter/filter.ts';
import { JaqlError } from '../jaql-error.ts';
import { type Field, physicalColumn } from '../model/field.ts';
import type { Step } from '../model/path.ts';
import { joinTables } from './join-tables.ts';
import type { Condition, Expression, Period, Source } from './plan.ts';
import type { Planning } from './restrict-table.ts';

/** A filter of the query on a field. */
export interface FieldFilter {
  readonly field: Field;
  readonly period?: Period;
  readonly filter: Filter;
  readonly pointer: string;
}

/** What becomes of a field's filter once it is known where its column is read. */
export type ConditionOf = (filter: FieldFilter, column: Expression) => Condition;

export interface BuiltSource {
  readonly source: Source;
  column(field: Field): Expression;
}

/** A source with all tables of `fields` joined and all filters applied. Codes `fan_out`, `no_path`, `rule_unreachable`. */
export function buildSource(
  root: string,
  fields: readonly Field[],
  filters: readonly FieldFilter[],
  planning: Planning,
  conditionOf: ConditionOf,
  cameFrom?: string,
): BuiltSource {
  const ways = filters.map((filter) => wayToFilter(root, filter, planning));
  const steps = new Map<string, Step>();
  for (const step of fields.flatMap((field) => wayUp(root, field, planning)))
    steps.set(step.to, step);
  for (const step of ways.flatMap((way) => way.up)) steps.set(step.to, step);

  const joined = joinTables(root, [...steps.values()], planning, cameFrom);
  const column = (field: Field) => joined.column(field.table.name, physicalColumn(field.column));
  const below = Map.groupBy(
    ways.filter((way) => way.down !== undefined),
    ({ down }) => JSON.stringify([down?.from, down?.to]),
  );
  const where = ways
    .filter((way) => way.down === undefined)
    .map(({ filter }) => conditionOf(filter, column(filter.field)));
  for (const group of below.values()) {
    const down = group[0]?.down;
    if (down === undefined) continue;
    const ofGroup = group.map(({ filter }) => filter);
    const { source } = buildSource(down.to, [], ofGroup, planning, conditionOf, down.from);
    where.push({
      kind: 'related',
      of: joined.column(down.from, down.fromColumn),
      source,
      column: { kind: 'column', alias: source.root.alias, column: down.toColumn },
    });
  }
  return { source: { root: joined.root, joins: joined.joins, where }, column };
}

/** Where a filter is met: up some relations, and then down the first of those that lead on. */
interface FilterWay {
  readonly filter: FieldFilter;
  readonly up: readonly Step[];
  readonly down?: Step;
}

function wayToFilter(root: string, filter: FieldFilter, { index }: Planning): FilterWay {
  const path = index.path(root, filter.field.table.name);
  if (path === undefined) {
    const { pointer } = filter;
    throw new JaqlError('no_path', 'The filter is on a table without a relation.', { pointer });
  }
  const turn = path.findIndex((step) => step.direction === 'down');
  const down = path[turn];
  return down === undefined ? { filter, up: path } : { filter, up: path.slice(0, turn), down };
}

function wayUp(root: string, field: Field, { index }: Planning): readonly Step[] {
  const path = index.path(root, field.table.name);
  if (path?.every((step) => step.direction === 'up')) return path;
  throw new JaqlError('fan_out', 'Rows of this query would be counted more than once.');
}

/** The one table whose rows lead to all of the tables, or an error: `fan_out` where there is none, `no_path`. */
export function rootOf(tables: readonly string[], { index }: Planning): string {
  const [first] = tables;
  if (first === undefined) throw new TypeError('A query without tables has no root.');
  const steps = tables.flatMap((table) => {
    const path = index.path(first, table);
    if (path === undefined) {
      throw new JaqlError('no_path', 'Tables of this query are not related.');
    }
    return path;
  });
  const nodes = new Set([first, ...steps.map((step) => step.to)]);
  for (const step of steps) nodes.delete(step.direction === 'up' ? step.to : step.from);
  const [root] = nodes;
  if (root === undefined || nodes.size > 1) {
    throw new JaqlError('fan_out', 'Rows of this query would be counted more than once.');
  }
  return root;
}

/** A filter without effect needs no table. */
export function isEffective({ filter }: { readonly filter: Filter }): boolean {
  return filter.kind !== everything.kind;
}
