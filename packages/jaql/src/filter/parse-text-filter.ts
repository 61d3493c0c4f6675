import { JaqlError } from '../jaql-error.ts';
import { anyOf, complement, type Filter, type TextTest } from './filter.ts';
import { textValue } from './value.ts';

const tests: Readonly<Record<string, { test: TextTest; negated: boolean }>> = {
  contains: { test: 'contains', negated: false },
  doesntContain: { test: 'contains', negated: true },
  startsWith: { test: 'startsWith', negated: false },
  doesntStartWith: { test: 'startsWith', negated: true },
  endsWith: { test: 'endsWith', negated: false },
  doesntEndWith: { test: 'endsWith', negated: true },
  equals: { test: 'equals', negated: false },
  doesntEqual: { test: 'equals', negated: true },
  like: { test: 'like', negated: false },
};

/** Engines refuse longer ones in their own way, or take long over them. */
const longestPattern = 1_000;

export const textKinds: readonly string[] = Object.keys(tests);

/** True where the key is a text test. */
export function isTextFilter(key: string): boolean {
  return Object.hasOwn(tests, key);
}

/** Reads one text test; `equals ""` keeps empty texts and rows without one. */
export function parseTextFilter(key: string, raw: unknown, pointer: string): Filter {
  const found = tests[key];
  const value = textValue(raw);
  if (found === undefined || value === undefined) {
    throw new JaqlError('filter_invalid', 'A text is expected here.', { pointer });
  }
  if (found.test === 'like' && String(raw).length > longestPattern) {
    throw new JaqlError('filter_invalid', 'A shorter pattern is expected here.', { pointer });
  }
  const matches: Filter = { kind: 'text', test: found.test, value };
  const isEmpty = found.test === 'equals' && value.value === '';
  const filter = isEmpty
    ? anyOf([matches, { kind: 'members', values: [], withNull: true }])
    : matches;
  return found.negated ? complement(filter) : filter;
}
