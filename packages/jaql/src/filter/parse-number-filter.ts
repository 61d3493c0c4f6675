import { JaqlError } from '../jaql-error.ts';
import { allOf, type Comparison, complement, everything, type Filter } from './filter.ts';
import { at, type JsonRecord } from './read-record.ts';
import { numberValue } from './value.ts';

const comparisons: Readonly<Record<string, Comparison | 'unequal'>> = {
  equals: '=',
  '=': '=',
  doesntEqual: 'unequal',
  from: '>=',
  '>=': '>=',
  fromNotEqual: '>',
  '>': '>',
  to: '<=',
  '<=': '<=',
  toNotEqual: '<',
  '<': '<',
};

export const numberKinds: readonly string[] = Object.keys(comparisons);

/** True where all keys compare numbers. */
export function isNumberFilter(keys: readonly string[]): boolean {
  return keys.every((key) => Object.hasOwn(comparisons, key));
}

/** Reads one comparison, or two that make a range; `from: null` and `to: null` are open ends. */
export function parseNumberFilter(
  record: JsonRecord,
  keys: readonly string[],
  pointer: string,
): Filter {
  if (keys.length > 2) {
    throw new JaqlError('filter_invalid', 'A range has two ends.', { pointer });
  }
  return allOf(keys.map((key) => compare(key, record[key], at(pointer, key))));
}

function compare(key: string, raw: unknown, pointer: string): Filter {
  if (raw === null && (key === 'from' || key === 'to')) return everything;
  const comparison = comparisons[key];
  const value = numberValue(raw);
  if (value === undefined || comparison === undefined) {
    throw new JaqlError('filter_invalid', 'A number is expected here.', { pointer });
  }
  return comparison === 'unequal'
    ? complement({ kind: 'compare', comparison: '=', value })
    : { kind: 'compare', comparison, value };
}
