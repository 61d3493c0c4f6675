import type { Datatype } from '@vitrine/claims';
import type { Comparison, TextTest } from '../filter/filter.ts';
import type { Period } from '../filter/period.ts';
import type { Value } from '../filter/value.ts';
import type { DateUnit, FormulaAggregation } from '../formula/term.ts';

/** A bound value; with `list`, an array of that type. */
export type SqlParam =
  | Value
  | { readonly type: Value['type']; readonly list: readonly (string | number)[] };

/**
 * What differs between engines. Every method gets and gives SQL text; `value` is always a placeholder, never a literal. The
 * same plan gives the same rows on all of them: texts are equal by their bytes and ordered by code point, moments have no
 * zone (those of a column with a zone are taken in UTC), and an aggregate of nothing is NULL.
 */
export interface Dialect {
  readonly name: string;
  /** The one function that quotes names; they come from the model alone. */
  quote(identifier: string): string;
  /** Placeholder of the parameter at a position, counted from 1; the same position may be used many times. */
  placeholder(position: number, param: SqlParam): string;
  /** A physical column as a value of the type that the model gives it. */
  column(expression: string, datatype: Datatype): string;
  /** A comparison with one bound value, whose placeholder is `bound`. It fails on no row. */
  compare(expression: string, by: Comparison | '<>', bound: string, value: Value): string;
  /** Membership in a list parameter. */
  inList(expression: string, list: string): string;
  /** Tests without regard to case, one code point at a time; `%` and `_` are wildcards in `like` alone. */
  textTest(test: TextTest, expression: string, value: string): string;
  /** Numbers without closing zeros, moments as `YYYY-MM-DD HH:mm:ss[.f]`. */
  toText(expression: string, datatype: Datatype): string;
  /** As values are compared by size. */
  sortable(expression: string, datatype: Datatype): string;
  /** First moment of the period that holds the moment. */
  periodStart(expression: string, period: Period): string;
  /** The moment moved by a number of periods. */
  shift(expression: string, period: Period, amount: string): string;
  /** As a number of double precision. */
  toNumber(expression: string): string;
  /** How many periods of the unit begin after `start`, up to `end`. */
  difference(unit: DateUnit, start: string, end: string): string;
  /** Equal, or both NULL; in a form that joins are fast with. */
  isSame(left: string, right: string, datatype: Datatype): string;
  /** `filter` is empty or ` FILTER (WHERE …)`; `parameter` a number in the range of the aggregation. */
  aggregate(
    aggregation: FormulaAggregation,
    expression: string,
    filter: string,
    parameter?: number,
  ): string;
}
