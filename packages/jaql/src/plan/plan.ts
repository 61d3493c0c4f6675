/**
 * What a query does, without any SQL: names come from the model, values from its text and rights.
 *
 *   TableRef   a physical table, restricted by data security before anything else sees its rows
 *   Source     one root table, the tables its rows lead to, and conditions on the joined rows
 *   Rows       a table made of these: a source grouped by keys (`c0`, `c1`, …) with measures (`m0`, `m1`, …), such rows grouped
 *              once more, several side by side, or rows with further columns, joined to rows of their like
 *   Plan       rows, then rankings and conditions on them, then output, order and page
 */
import type { Datatype } from '@vitrine/claims';
import type { Filter, PeriodEdge } from '../filter/filter.ts';
import type { Period } from '../filter/period.ts';
import type { Value } from '../filter/value.ts';
import type { Aggregating, DateUnit, ScalarFunction } from '../formula/term.ts';
import type { PhysicalColumn } from '../model/field.ts';

export type { Filter, Period };

export type Expression =
  | { readonly kind: 'column'; readonly alias: string; readonly column: PhysicalColumn }
  | { readonly kind: 'period'; readonly period: Period; readonly of: Expression }
  /** The moment, moved by a number of periods. */
  | {
      readonly kind: 'shift';
      readonly period: Period;
      readonly amount: number;
      readonly of: Expression;
    }
  | { readonly kind: 'text'; readonly of: Expression }
  /** As a number of double precision, in which formulas compute. */
  | { readonly kind: 'number'; readonly of: Expression }
  | { readonly kind: 'output'; readonly name: string; readonly datatype: Datatype }
  | { readonly kind: 'constant'; readonly value: Value | boolean | null }
  | {
      readonly kind: 'scalar';
      readonly function: ScalarFunction;
      readonly of: readonly Expression[];
    }
  | {
      readonly kind: 'difference';
      readonly unit: DateUnit;
      readonly end: Expression;
      readonly start: Expression;
    }
  | {
      readonly kind: 'case';
      readonly branches: readonly { readonly when: Expression; readonly gives: Expression }[];
      readonly otherwise?: Expression;
      readonly datatype: Datatype;
    }
  | {
      readonly kind: 'window';
      readonly function: RowFunction;
      readonly of: Expression;
      readonly partition: readonly Expression[];
      readonly order: readonly Order[];
    };

/**
 * What is computed over rows: `sum` and `avg` of those up to this one, or of all where there is no order; ranks, of which
 * `rank` leaves gaps behind equal ones, `rankBelow` before them, and `number` counts on.
 */
export type RowFunction = 'sum' | 'avg' | 'rank' | 'rankBelow' | 'denseRank' | 'number';

/** A column of rows, by the name that it has there. */
export type Output = Extract<Expression, { kind: 'output' }>;

export type Condition =
  | { readonly kind: 'test'; readonly of: Expression; readonly filter: Filter }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** The moment is not before all of the first, and before one of the others; either may be none. */
  | {
      readonly kind: 'span';
      readonly of: Expression;
      readonly from: readonly PeriodEdge[];
      readonly before: readonly PeriodEdge[];
    }
  /** The value is in a column of the rows of a source. */
  | {
      readonly kind: 'related';
      readonly of: Expression;
      readonly source: Source;
      readonly column: Expression;
    }
  /** The value is among the first members `c0` of some rows; those without a member take no part. */
  | {
      readonly kind: 'ranked';
      readonly of: Expression;
      readonly rows: Rows;
      readonly order: readonly Order[];
      readonly count: number;
    };

/** A relation of the database, or a SELECT with the values that stand in it. */
export type Relation =
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'live'; readonly parts: readonly (string | Value)[] };

export interface TableRef {
  readonly alias: string;
  readonly relation: Relation;
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
  readonly by: Aggregating;
  readonly of: Expression;
  /** Which rows count. */
  readonly where?: Condition;
  /** Which groups have a value, by their keys; others are as if none of their rows counted. */
  readonly within?: Condition;
}

export interface Select {
  readonly kind: 'select';
  readonly source: Source;
  readonly keys: readonly Expression[];
  readonly measures: readonly Measure[];
  readonly isGrouped: boolean;
}

/** Rows grouped by the first of their keys. */
export interface Regroup {
  readonly kind: 'regroup';
  readonly rows: Rows;
  readonly keys: number;
  readonly measures: readonly Measure[];
}

/** Some columns of rows, under new names, for each row whose `on` columns are equal. */
export interface RowJoin {
  /** `itself` joins rows to others of the same. */
  readonly rows: Rows | 'itself';
  readonly columns: readonly { readonly from: Output; readonly name: string }[];
  readonly on: readonly {
    readonly left: Expression;
    readonly right: string;
    /** NULL equals NULL. */
    readonly withNull: boolean;
  }[];
  readonly alias: string;
}

/** Rows with further columns; `where` comes before the new columns are computed. */
export interface Derive {
  readonly kind: 'derive';
  readonly rows: Rows;
  readonly joins: readonly RowJoin[];
  readonly where: readonly Condition[];
  readonly columns: readonly { readonly name: string; readonly of: Expression }[];
  readonly alias: string;
}

/** Groups by the same keys: each once, with the columns of all parts that have it. */
export interface Merge {
  readonly kind: 'merge';
  readonly keys: readonly Output[];
  readonly parts: readonly {
    readonly rows: Rows;
    readonly columns: RowJoin['columns'];
    readonly alias: string;
  }[];
}

export type Rows = Select | Regroup | Derive | Merge;

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
  readonly rows: Rows;
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

/** Name of a key or measure of rows. */
export function outputName(role: 'key' | 'measure', index: number, datatype: Datatype): Output {
  return { kind: 'output', name: `${role === 'key' ? 'c' : 'm'}${index}`, datatype };
}

/** What an expression's values are; conditions count as numbers. */
export function datatypeOf(expression: Expression): Datatype {
  switch (expression.kind) {
    case 'column':
      return expression.column.datatype;
    case 'period':
    case 'shift':
      return 'datetime';
    case 'text':
      return 'text';
    case 'output':
    case 'case':
      return expression.datatype;
    case 'constant': {
      const { value } = expression;
      return typeof value === 'object' && value?.type === 'text' ? 'text' : 'numeric';
    }
    default:
      return 'numeric';
  }
}
