/**
 * A formula understood: placeholders are fields and measures of the model, functions are known, types agree.
 *
 * A term is at one of three levels. A constant is a constant; a row term has a value in each row of the joined tables (fields,
 * and what is computed of them); a measure term has a value in each group.
 */
import type { Aggregation, Datatype, DateLevel } from '@vitrine/claims';
import type { Filter } from '../filter/filter.ts';
import type { Period } from '../filter/period.ts';
import type { Value } from '../filter/value.ts';
import type { Field } from '../model/field.ts';

export type TermType = Datatype | 'boolean' | 'null';
export type TermLevel = 'constant' | 'row' | 'measure';

/** What groups rows: a field, dates by a period. */
export interface Grouping {
  readonly field: Field;
  readonly period?: Period;
  /** Where the query has it, if it is an item. */
  readonly pointer?: string;
}

/** Aggregations of formulas; items have fewer. */
export type FormulaAggregation = Aggregation | 'mode' | 'percentile' | 'largest';

/** An aggregation; `parameter` is the fraction of a percentile, or which of the largest. */
export interface Aggregating {
  readonly aggregation: FormulaAggregation;
  readonly parameter?: number;
}

export type ScalarFunction =
  | '+'
  | '-'
  | '*'
  | '/'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'and'
  | 'or'
  | 'not'
  | 'negate'
  | 'isnull'
  | 'abs'
  | 'ceiling'
  | 'floor'
  | 'round'
  | 'mod'
  | 'power'
  | 'sqrt'
  | 'ln'
  | 'log10'
  | 'exp';

/** What differences of dates are counted in. */
export type DateUnit = Exclude<DateLevel, 'weeks'> | 'seconds';

/** Where in the query a term was written, for refusals that only planning can make. */
export interface Place {
  readonly pointer: string;
  readonly position?: number;
}

/** How a measured value sees other rows than the group it is shown in. */
export type Change =
  /** The filters in force on the field are replaced by this one. */
  | { readonly kind: 'filter'; readonly grouping: Grouping; readonly filter: Filter }
  /** Neither groups nor filters by the field; with a period, by the field at this level. */
  | { readonly kind: 'all'; readonly grouping: Grouping }
  /** As `all`, and the field is in the period that holds this moment. */
  | { readonly kind: 'now'; readonly grouping: Grouping }
  /** The date is moved by `amount` periods of `level`; without a level, of the query's finest. */
  | {
      readonly kind: 'move';
      /** The query's date where absent. */
      readonly field?: Field;
      readonly level?: DateLevel;
      readonly amount: number;
    };

export type RankType = '1224' | '1334' | '1223' | '1234';

/** A function over the rows of the result. */
export type WindowFunction =
  | {
      readonly kind: 'rank';
      readonly direction: 'asc' | 'desc';
      readonly type: RankType;
      readonly within: readonly Grouping[];
    }
  | { readonly kind: 'contribution' }
  | {
      readonly kind: 'running';
      readonly aggregation: 'sum' | 'avg';
      /** Over all rows; otherwise it starts anew where a grouping but the last changes. */
      readonly isContinuous: boolean;
    }
  /** From the start of the period that holds the row's date up to it. */
  | {
      readonly kind: 'toDate';
      readonly unit: DateLevel;
      readonly aggregation: 'sum' | 'avg';
    };

interface Typed {
  readonly type: TermType;
  readonly level: TermLevel;
  /** Roughly how many parts it has once written. */
  readonly weight: number;
  readonly depth: number;
}

/** What stands in a formula's `context`, read. */
export type ContextItem =
  | { readonly kind: 'field'; readonly grouping: Grouping }
  | { readonly kind: 'filter'; readonly grouping: Grouping; readonly filter: Filter }
  /** A measure or a nested formula. */
  | { readonly kind: 'term'; readonly term: Term };

export type Term = Typed &
  (
    | { readonly kind: 'constant'; readonly value: Value | boolean | null }
    | {
        readonly kind: 'scalar';
        readonly function: ScalarFunction;
        readonly of: readonly Term[];
      }
    /** Starts of the unit between two dates. */
    | {
        readonly kind: 'difference';
        readonly unit: DateUnit;
        readonly end: Term;
        readonly start: Term;
      }
    | {
        readonly kind: 'case';
        readonly branches: readonly { readonly when: Term; readonly gives: Term }[];
        readonly otherwise?: Term;
      }
    | { readonly kind: 'field'; readonly grouping: Grouping }
    | {
        readonly kind: 'aggregate';
        readonly by: Aggregating;
        readonly of: Term;
        readonly place: Place;
      }
    /** A measure in each of the groups, aggregated. */
    | {
        readonly kind: 'pass';
        readonly by: Aggregating;
        readonly groups: readonly Grouping[];
        readonly of: Term;
      }
    | {
        readonly kind: 'measured';
        readonly changes: readonly Change[];
        readonly of: Term;
        readonly place: Place;
      }
    | {
        readonly kind: 'window';
        readonly by: WindowFunction;
        readonly of: Term;
        readonly place: Place;
      }
  );

export type TermOf<Kind extends Term['kind']> = Extract<Term, { kind: Kind }>;
