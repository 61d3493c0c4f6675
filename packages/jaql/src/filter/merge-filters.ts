import type { JaqlFilter, JaqlItem } from '@vitrine/claims';

/**
 * The dashboard filters after changes of the reader: a change replaces the filter of the same dimension and level, or is
 * added. A locked filter stays as it is; the background part of a replaced one stays.
 */
export function mergeFilters(base: readonly JaqlItem[], changes: readonly JaqlItem[]): JaqlItem[] {
  return changes.reduce<JaqlItem[]>((filters, change) => mergeOne(filters, change), [...base]);
}

function mergeOne(filters: JaqlItem[], change: JaqlItem): JaqlItem[] {
  const identity = identityOf(change);
  const same = filters.filter((item) => identityOf(item) === identity);
  if (same.some((item) => item.locked === true)) return filters;
  const [first] = same;
  if (first === undefined) return [...filters, change];
  const backgrounds = same.flatMap((item) => backgroundsOf(item.jaql.filter));
  const replaced = withBackgrounds(change, backgrounds);
  return filters
    .filter((item) => item === first || !same.includes(item))
    .map((item) => (item === first ? replaced : item));
}

/** The field and date level of a dashboard filter. */
function identityOf({ jaql }: JaqlItem): string {
  const dim = jaql.dim ?? `[${jaql.table}.${jaql.column}]`;
  return JSON.stringify([dim.replace(/ \(Calendar\)\]$/, ']'), jaql.level ?? '']);
}

function backgroundsOf(filter: JaqlFilter | undefined): unknown[] {
  const nested = filter?.filter;
  if (typeof nested !== 'object' || nested === null) return [];
  const record = nested as JaqlFilter;
  if (record.turnedOff === true) return [];
  const isList = Object.keys(record).length === 1 && Array.isArray(record.and);
  return isList
    ? (record.and as unknown[]).flatMap((part) => backgroundsOf({ filter: part }))
    : [record];
}

function withBackgrounds(change: JaqlItem, backgrounds: readonly unknown[]): JaqlItem {
  if (backgrounds.length === 0) return change;
  const { filter, ...own } = change.jaql.filter ?? {};
  const parts = filter === undefined ? backgrounds : [filter, ...backgrounds];
  const nested = parts.length === 1 ? parts[0] : { and: parts };
  return { ...change, jaql: { ...change.jaql, filter: { ...own, filter: nested } } };
}
