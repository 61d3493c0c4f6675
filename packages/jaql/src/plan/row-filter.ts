import { everything, type Filter, hasRanking, type Move } from '../filter/filter.ts';
import type { Field } from '../model/field.ts';
import type { Period } from './plan.ts';

/** A filter of the query on a field. */
export interface FieldFilter {
  readonly field: Field;
  readonly period?: Period;
  readonly filter: Filter;
  readonly pointer: string;
  /** Stays where formulas replace or lift the filters of a field. */
  readonly isBackground?: boolean;
  /** The filter is met by the moment moved like this. */
  readonly moved?: readonly Move[];
}

/** Keeps rows that all filters of at least one of the lists keep. */
export interface FilterChoice {
  readonly anyOf: readonly (readonly RowFilter[])[];
}

/** A restriction of rows; a list of them holds as a whole. */
export type RowFilter = FieldFilter | FilterChoice;

export function isChoice(filter: RowFilter): filter is FilterChoice {
  return 'anyOf' in filter;
}

export function isFieldFilter(filter: RowFilter): filter is FieldFilter {
  return !isChoice(filter);
}

/** The filters on fields that a restriction consists of. */
export function fieldFiltersIn(filter: RowFilter): readonly FieldFilter[] {
  return isChoice(filter) ? filter.anyOf.flat().flatMap(fieldFiltersIn) : [filter];
}

/** True where a ranking is anywhere in the restriction. */
export function ranksMembers(filter: RowFilter): boolean {
  return fieldFiltersIn(filter).some((one) => hasRanking(one.filter));
}

/** A filter without effect needs no table. */
export function isEffective({ filter }: { readonly filter: Filter }): boolean {
  return filter.kind !== everything.kind;
}
