/**
 * What a query does, without any SQL: names come from the model, values from its text and rights.
 *
 *   TableRef   a physical table, restricted by data security before anything else sees its rows
 *   Source     one root table, the tables its rows lead to, and conditions on the joined rows
 *   Select     a source grouped by keys (`c0`, `c1`, …) with measures (`m0`, `m1`, …), or its rows as they are
 *   Plan       a select, then rankings and conditions on its rows, then output, order and page
 */
import type { Aggregation, Datatype } from '@vitrine/claims';
import type { Filter } from '../filter/filter.ts';
import type { Period } from '../filter/period.ts';
import type { PhysicalColumn } from '../model/field.ts';

export type { Filter, Period };

export type Expression =
  | { readonly kind: 'column'; readonly alias: string; readonly column: PhysicalColumn }
  | { readonly kind: 'period'; readonly period: Period; readonly of: Expression }
  | { readonly kind: 'text'; readonly of: Expression }
  | { readonly kind: 'output'; readonly name: string; readonly datatype: Datatype };

export type Condition =
  | { readonly kind: 'test'; readonly of: Expression; readonly filter: Filter }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** The value is in a column of the rows of a source. */
  | {
      readonly kind: 'related';
      readonly of: Expression;
      readonly source: Source;
      readonly column: Expression;
    }
  /** The value is among the first members `c0` of a select; rows without a member take no part. */
  | {
      readonly kind: 'ranked';
      readonly of: Expression;
      readonly select: Select;
      readonly order: readonly Order[];
      readonly count: number;
    };

export interface TableRef {
  readonly alias: string;
  /** Name in the database. */
  readonly relation: string;
  readonly restrictions: readonly Condition[];
}

/** `inner` where data security asks for a partner anyway: the join then does what a restriction of its left side would. */
export interface Join {
  readonly kind: 'left' | 'inner';
  readonly table: TableRef;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Source {
  readonly root: TableRef;
  readonly joins: readonly Join[];
  readonly where: readonly Condition[];
}

export interface Measure {
  readonly aggregation: Aggregation;
  readonly of: Expression;
}

export interface Select {
  readonly source: Source;
  readonly keys: readonly Expression[];
  readonly measures: readonly Measure[];
  readonly isGrouped: boolean;
}

/** Rows without a value come last in both directions. */
export interface Order {
  readonly of: Expression;
  readonly direction: 'asc' | 'desc';
}

/** Keeps the first rows of an order. */
export interface RowRanking {
  readonly order: readonly Order[];
  readonly count: number;
}

export interface Plan {
  readonly select: Select;
  /** Which rows take part in the first ranking. */
  readonly before: readonly Condition[];
  /** Each of the rows that the one before leaves. */
  readonly rankings: readonly RowRanking[];
  readonly after: readonly Condition[];
  readonly output: readonly (Expression | Condition)[];
  readonly order: readonly Order[];
  readonly limit: number;
  readonly offset: number;
}

/** Name of a select's key or measure. */
export function outputName(
  role: 'key' | 'measure',
  index: number,
  datatype: Datatype,
): Expression & { kind: 'output' } {
  return { kind: 'output', name: `${role === 'key' ? 'c' : 'm'}${index}`, datatype };
}

/** What an expression's values are. */
export function datatypeOf(expression: Expression): Datatype {
  switch (expression.kind) {
    case 'column':
      return expression.column.datatype;
    case 'period':
      return 'datetime';
    case 'text':
      return 'text';
    case 'output':
      return expression.datatype;
  }
}
