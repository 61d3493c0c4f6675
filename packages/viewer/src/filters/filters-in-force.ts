import { type ViewCascade, type ViewFilter, type ViewItem, viewLevels } from '@vitrine/charts';
import { readCondition } from './filter-condition.ts';
import { keyOfFilter, keyOfItem } from './filter-key.ts';

const everything = { all: true } as const;

/**
 * The dashboard's filters with the reader's changes, one after the other as the service merges them: a change replaces the
 * filter of the same identity, or the restriction of one level of a cascading filter and lets go of the levels below; a
 * locked filter stays, anything else is added.
 */
export function filtersInForce(
  base: readonly ViewFilter[],
  changes: readonly ViewFilter[],
): readonly ViewFilter[] {
  return changes.reduce(withOne, base);
}

function withOne(filters: readonly ViewFilter[], change: ViewFilter): readonly ViewFilter[] {
  const key = keyOfFilter(change);
  const same = filters.findIndex((filter) => keyOfFilter(filter) === key);
  const holder = same >= 0 ? same : filters.findIndex((filter) => hasLevel(filter, key));
  const stored = filters[holder];
  if (!stored) return [...filters, change];
  if (stored.locked) return filters;
  return filters.with(holder, replaced(stored, change));
}

function hasLevel(filter: ViewFilter, key: string): boolean {
  return filter.isCascading === true && viewLevels(filter).some((item) => keyOfItem(item) === key);
}

function replaced(stored: ViewFilter, change: ViewFilter): ViewFilter {
  if (stored.isCascading !== true) {
    return change.isCascading === true ? change : withTitleOf(stored, change);
  }
  if (change.isCascading !== true) return withLevel(stored, change);
  const levels = change.levels.map((level, index) => titled(stored.levels[index] ?? {}, level));
  return { ...change, levels };
}

function withTitleOf(stored: ViewItem, change: ViewItem): ViewItem {
  return { ...change, jaql: titled(stored.jaql, change.jaql) };
}

function titled(stored: ViewItem['jaql'], changed: ViewItem['jaql']): ViewItem['jaql'] {
  const title = changed.title ?? stored.title;
  return { ...stored, ...changed, ...(title ? { title } : {}) };
}

function withLevel(cascade: ViewCascade, { jaql, disabled }: ViewItem): ViewCascade {
  const place = viewLevels(cascade).findIndex((item) => keyOfItem(item) === keyOfItem({ jaql }));
  const levels = cascade.levels.map((level, index) => {
    if (index < place && !cascade.disabled) return level;
    const isChanged = index === place && !disabled;
    return { ...level, filter: (isChanged && jaql.filter) || everything };
  });
  const { disabled: _disabled, ...rest } = cascade;
  return { ...rest, levels };
}

/** The changes after one more: it takes the place of an earlier change of the same filter. */
export function withChange(
  changes: readonly ViewFilter[],
  change: ViewFilter,
): readonly ViewFilter[] {
  return [...withoutChange(changes, keyOfFilter(change)), change];
}

/** The changes without that filter's: a filter of the dashboard is as stored again, an added one is gone. */
export function withoutChange(changes: readonly ViewFilter[], key: string): readonly ViewFilter[] {
  return changes.filter((filter) => keyOfFilter(filter) !== key);
}

/** The changes that make a filter let everything through, whether it is the dashboard's or the reader's. */
export function cleared(
  base: readonly ViewFilter[],
  changes: readonly ViewFilter[],
  key: string,
): readonly ViewFilter[] {
  const stored = base.find((filter) => keyOfFilter(filter) === key);
  if (stored?.locked) return changes;
  const rest = withoutChange(changes, key);
  if (!stored) return rest;
  if (stored.isCascading !== true && !restricts(stored)) return rest;
  return [...rest, open(stored)];
}

function open(filter: ViewFilter): ViewFilter {
  if (filter.isCascading !== true) {
    return { ...filter, jaql: { ...filter.jaql, filter: everything } };
  }
  const levels = filter.levels.map((level) => ({ ...level, filter: everything }));
  return { ...filter, levels };
}

/** Filters that restrict something: neither switched off nor letting everything through. */
export function restrictingFilters(filters: readonly ViewFilter[]): readonly ViewFilter[] {
  return filters.filter((filter) => !filter.disabled && restricts(filter));
}

/** What is left when filters that let everything through, such as one just added, are not counted. */
export function withoutOpen(filters: readonly ViewFilter[]): readonly ViewFilter[] {
  return filters.filter(
    (filter) =>
      filter.isCascading === true || JSON.stringify(filter.jaql.filter) !== '{"all":true}',
  );
}

function restricts(filter: ViewFilter): boolean {
  return viewLevels(filter).some(({ jaql }) => readCondition(jaql.filter).kind !== 'all');
}
