import type { ViewItem } from '@vitrine/charts';
import { readCondition } from './filter-condition.ts';
import { keyOfItem } from './filter-key.ts';

/**
 * The dashboard's filters with the reader's changes, as the service merges them: a change replaces the filter of the
 * same identity, a locked one stays, anything else is added.
 */
export function filtersInForce(
  base: readonly ViewItem[],
  changes: readonly ViewItem[],
): readonly ViewItem[] {
  const changed = new Map(changes.map((item) => [keyOfItem(item), item]));
  const merged = base.map((item) => {
    const change = changed.get(keyOfItem(item));
    changed.delete(keyOfItem(item));
    if (!change || item.locked) return item;
    const title = change.jaql.title ?? item.jaql.title;
    return { ...change, jaql: { ...item.jaql, ...change.jaql, ...(title ? { title } : {}) } };
  });
  return [...merged, ...changed.values()];
}

/** The changes after one more: it takes the place of an earlier change of the same filter. */
export function withChange(changes: readonly ViewItem[], change: ViewItem): readonly ViewItem[] {
  const key = keyOfItem(change);
  return [...changes.filter((item) => keyOfItem(item) !== key), change];
}

/** The changes without that filter's: a filter of the dashboard is as stored again, an added one is gone. */
export function withoutChange(changes: readonly ViewItem[], key: string): readonly ViewItem[] {
  return changes.filter((item) => keyOfItem(item) !== key);
}

/** The changes that make a filter let everything through, whether it is the dashboard's or the reader's. */
export function cleared(
  base: readonly ViewItem[],
  changes: readonly ViewItem[],
  key: string,
): readonly ViewItem[] {
  const stored = base.find((item) => keyOfItem(item) === key);
  if (stored?.locked) return changes;
  const rest = withoutChange(changes, key);
  if (!stored || readCondition(stored.jaql.filter).kind === 'all') return rest;
  return [...rest, { ...stored, jaql: { ...stored.jaql, filter: { all: true } } }];
}

/** Filters that restrict something: neither switched off nor letting everything through. */
export function restrictingFilters(filters: readonly ViewItem[]): readonly ViewItem[] {
  return filters.filter((item) => !item.disabled && readCondition(item.jaql.filter).kind !== 'all');
}
