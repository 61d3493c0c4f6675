import type { DateLevel } from '@vitrine/claims';
import type { DateUnit, FormulaAggregation, ScalarFunction, TermType } from './term.ts';

/** What a function of formulas is. */
export type FunctionKind =
  | {
      readonly kind: 'aggregation';
      readonly aggregation: FormulaAggregation;
      /** Whether it adds up numbers, or takes any values. */
      readonly of: 'numeric' | 'any';
      readonly parameter?: 'fraction' | 'quartile' | 'position';
    }
  | {
      readonly kind: 'scalar';
      readonly function: ScalarFunction;
      readonly of: readonly TermType[];
      /** How many of the arguments may be left out, from the last; numbers that count as 0 then. */
      readonly optional?: number;
    }
  | { readonly kind: 'difference'; readonly unit: DateUnit }
  | { readonly kind: 'if' }
  | { readonly kind: 'isnull' }
  | { readonly kind: 'rank' }
  | { readonly kind: 'contribution' }
  | { readonly kind: 'running'; readonly aggregation: 'sum' | 'avg' }
  | {
      readonly kind: 'past';
      /** The query's finest date level where absent. */
      readonly unit?: DateLevel;
      readonly gives: 'value' | 'difference' | 'growth' | 'rate';
    }
  | { readonly kind: 'toDate'; readonly unit: DateLevel; readonly aggregation: 'sum' | 'avg' }
  /** What stands behind the measure of a measured value. */
  | { readonly kind: 'coordinate'; readonly coordinate: 'all' | 'prev' | 'next' | 'now' };

const units = [
  ['day', 'days'],
  ['week', 'weeks'],
  ['month', 'months'],
  ['quarter', 'quarters'],
  ['year', 'years'],
] as const;

const aggregation = (
  of: 'numeric' | 'any',
  name: FormulaAggregation,
  parameter?: 'fraction' | 'quartile' | 'position',
): FunctionKind => ({
  kind: 'aggregation',
  aggregation: name,
  of,
  ...(parameter === undefined ? {} : { parameter }),
});
const number = (name: ScalarFunction, count = 1, optional = 0): FunctionKind => ({
  kind: 'scalar',
  function: name,
  of: Array<TermType>(count).fill('numeric'),
  optional,
});

const pastFunctions = units.flatMap(([word, unit]): [string, FunctionKind][] => [
  [`past${word}`, { kind: 'past', unit, gives: 'value' }],
  [`diffpast${word}`, { kind: 'past', unit, gives: 'difference' }],
  [`growthpast${word}`, { kind: 'past', unit, gives: 'growth' }],
]);

const toDateFunctions = units.slice(1).flatMap(([word, unit]): [string, FunctionKind][] => [
  [`${word.charAt(0)}tdsum`, { kind: 'toDate', unit, aggregation: 'sum' }],
  [`${word.charAt(0)}tdavg`, { kind: 'toDate', unit, aggregation: 'avg' }],
]);

/** All functions of formulas by their names in lower case. Nothing else can be called. */
export const functions: ReadonlyMap<string, FunctionKind> = new Map<string, FunctionKind>([
  ['sum', aggregation('numeric', 'sum')],
  ['avg', aggregation('numeric', 'avg')],
  ['min', aggregation('any', 'min')],
  ['max', aggregation('any', 'max')],
  ['count', aggregation('any', 'count')],
  ['dupcount', aggregation('any', 'countduplicates')],
  ['median', aggregation('numeric', 'median')],
  ['mode', aggregation('any', 'mode')],
  ['stdev', aggregation('numeric', 'stdev')],
  ['stdevp', aggregation('numeric', 'stdevp')],
  ['var', aggregation('numeric', 'var')],
  ['varp', aggregation('numeric', 'varp')],
  ['percentile', aggregation('numeric', 'percentile', 'fraction')],
  ['quartile', aggregation('numeric', 'percentile', 'quartile')],
  ['largest', aggregation('numeric', 'largest', 'position')],
  ['abs', number('abs')],
  ['ceiling', number('ceiling')],
  ['floor', number('floor')],
  ['round', number('round', 2, 1)],
  ['mod', number('mod', 2)],
  ['power', number('power', 2)],
  ['sqrt', number('sqrt')],
  ['ln', number('ln')],
  ['log10', number('log10')],
  ['exp', number('exp')],
  ['if', { kind: 'if' }],
  ['isnull', { kind: 'isnull' }],
  ['sdiff', { kind: 'difference', unit: 'seconds' }],
  ['mndiff', { kind: 'difference', unit: 'minutes' }],
  ['hdiff', { kind: 'difference', unit: 'hours' }],
  ['ddiff', { kind: 'difference', unit: 'days' }],
  ['mdiff', { kind: 'difference', unit: 'months' }],
  ['qdiff', { kind: 'difference', unit: 'quarters' }],
  ['ydiff', { kind: 'difference', unit: 'years' }],
  ['rank', { kind: 'rank' }],
  ['contribution', { kind: 'contribution' }],
  ['rsum', { kind: 'running', aggregation: 'sum' }],
  ['ravg', { kind: 'running', aggregation: 'avg' }],
  ['growth', { kind: 'past', gives: 'growth' }],
  ['growthrate', { kind: 'past', gives: 'rate' }],
  ...pastFunctions,
  ...toDateFunctions,
  ['all', { kind: 'coordinate', coordinate: 'all' }],
  ['prev', { kind: 'coordinate', coordinate: 'prev' }],
  ['next', { kind: 'coordinate', coordinate: 'next' }],
  ['now', { kind: 'coordinate', coordinate: 'now' }],
]);
