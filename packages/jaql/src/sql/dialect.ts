import type { Aggregation } from '@vitrine/claims';
import type { TextTest } from '../filter/filter.ts';
import type { Period } from '../filter/period.ts';
import type { Value } from '../filter/value.ts';

/** A bound value; with `list`, an array of that type. */
export type SqlParam =
  | Value
  | { readonly type: Value['type']; readonly list: readonly (string | number)[] };

/** What differs between engines. Every method gets and gives SQL text; `value` is always a placeholder, never a literal. */
export interface Dialect {
  readonly name: string;
  /** The one function that quotes names; they come from the model alone. */
  quote(identifier: string): string;
  /** Placeholder of the parameter at a position, counted from 1; the same position may be used many times. */
  placeholder(position: number, param: SqlParam): string;
  /** Membership in a list parameter. */
  inList(expression: string, list: string): string;
  /** Tests without regard to case; `%` and `_` are wildcards in `like` alone. */
  textTest(test: TextTest, expression: string, value: string): string;
  toText(expression: string): string;
  /** First moment of the period that holds the moment. */
  periodStart(expression: string, period: Period): string;
  /** The moment moved by a number of periods. */
  shift(expression: string, period: Period, amount: string): string;
  aggregate(aggregation: Aggregation, expression: string): string;
}
