import type { Jaql } from '@vitrine/claims';
import type { Period } from './period.ts';
import type { Value } from './value.ts';

/** Some periods forward, or back. */
export interface Move {
  readonly period: Period;
  readonly amount: number;
}

/** The start of the period that holds `at`, moved by `shift` periods. */
export interface PeriodEdge {
  readonly at: Value;
  readonly period: Period;
  readonly shift: number;
  /** Further steps, in other periods. */
  readonly moves?: readonly Move[];
  /** The steps lead from a week to the one that holds its moved fourth day. */
  readonly keepsWeeks?: boolean;
}

export type TextTest = 'contains' | 'startsWith' | 'endsWith' | 'equals' | 'like';
export type Comparison = '=' | '<' | '<=' | '>' | '>=';

/** Keeps the `count` first members (or rows, where there is no `by`) of an order by a measure. */
export interface Ranking {
  readonly kind: 'ranking';
  readonly direction: 'top' | 'bottom';
  readonly count: number;
  readonly by?: Jaql;
  readonly pointer: string;
}

/**
 * A restriction on one expression. `not` is the complement: what its filter does not keep, rows without a value included.
 * With `period`, members are compared by the period that they are in, moved by `moves` as edges are.
 */
export type Filter =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | {
      readonly kind: 'members';
      readonly values: readonly Value[];
      readonly withNull: boolean;
      readonly period?: Period;
      readonly moves?: readonly Move[];
      readonly keepsWeeks?: boolean;
    }
  | { readonly kind: 'compare'; readonly comparison: Comparison; readonly value: Value }
  | { readonly kind: 'text'; readonly test: TextTest; readonly value: Value }
  | { readonly kind: 'between'; readonly from?: PeriodEdge; readonly before?: PeriodEdge }
  | Ranking
  | { readonly kind: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter };

export const everything: Filter = { kind: 'all' };
export const nothing: Filter = { kind: 'none' };

/** All of the filters at once; none given keeps everything. */
export function allOf(filters: readonly Filter[]): Filter {
  const parts = filters.flatMap((part) => (part.kind === 'and' ? part.of : [part]));
  if (parts.some((part) => part.kind === 'none')) return nothing;
  const rest = parts.filter((part) => part.kind !== 'all');
  const [only] = rest;
  if (only === undefined) return everything;
  return rest.length === 1 ? only : { kind: 'and', of: rest };
}

/** Any of the filters; none given keeps nothing. */
export function anyOf(filters: readonly Filter[]): Filter {
  const parts = filters.flatMap((part) => (part.kind === 'or' ? part.of : [part]));
  if (parts.some((part) => part.kind === 'all')) return everything;
  const rest = parts.filter((part) => part.kind !== 'none');
  const [only] = rest;
  if (only === undefined) return nothing;
  return rest.length === 1 ? only : { kind: 'or', of: rest };
}

/** What the filter does not keep. */
export function complement(filter: Filter): Filter {
  if (filter.kind === 'all') return nothing;
  if (filter.kind === 'none') return everything;
  return filter.kind === 'not' ? filter.of : { kind: 'not', of: filter };
}

/** The parts of a filter that are joined by AND at its top. */
export function conjuncts(filter: Filter): readonly Filter[] {
  if (filter.kind === 'all') return [];
  return filter.kind === 'and' ? filter.of : [filter];
}

/** True where a ranking is anywhere in the filter. */
export function hasRanking(filter: Filter): boolean {
  if (filter.kind === 'and' || filter.kind === 'or') return filter.of.some(hasRanking);
  return filter.kind === 'not' ? hasRanking(filter.of) : filter.kind === 'ranking';
}

/** A filter as one range of moments, where it is one: a range, or a single period. */
export function rangeOf(filter: Filter): Extract<Filter, { kind: 'between' }> | undefined {
  if (filter.kind === 'between') return filter;
  if (filter.kind !== 'members' || filter.period === undefined || filter.withNull) return undefined;
  const { period, moves = [], keepsWeeks = false } = filter;
  const [at, another] = filter.values;
  if (at === undefined || another !== undefined) return undefined;
  const edge = { at, period, moves, keepsWeeks };
  return { kind: 'between', from: { ...edge, shift: 0 }, before: { ...edge, shift: 1 } };
}
