/**
 * The dashboard filters after changes of the reader, one change after the other:
 *
 *   - it takes the place of the filter of the same fields and levels, whose background and `instanceid` stay;
 *   - or it becomes the restriction of one level of a cascading filter, and the levels below let everything through;
 *   - or it is added, outside of the filter relations.
 *
 * A locked filter stays as it is.
 */
import {
  type CascadingFilter,
  type DashboardFilter,
  isCascadingFilter,
  type JaqlFilter,
  type JaqlItem,
} from '@vitrine/claims';

/** The dashboard filters in force: those stored, then the changes. */
export function mergeFilters(
  base: readonly DashboardFilter[],
  changes: readonly DashboardFilter[],
): DashboardFilter[] {
  return changes.reduce<DashboardFilter[]>(
    (filters, change) => mergeOne(filters, change),
    [...base],
  );
}

function mergeOne(filters: DashboardFilter[], change: DashboardFilter): DashboardFilter[] {
  const identity = identityOf(change);
  const same = filters.filter((filter) => identityOf(filter) === identity);
  if (same.some(({ locked }) => locked === true)) return filters;
  const [first] = same;
  if (first === undefined) return mergeLevel(filters, change);
  const replaced = replace(same, change);
  return filters
    .filter((filter) => filter === first || !same.includes(filter))
    .map((filter) => (filter === first ? replaced : filter));
}

/** Filters of one identity are of one kind, with as many levels. */
function replace(same: readonly DashboardFilter[], change: DashboardFilter): DashboardFilter {
  const renamed = withId(change, idOf(same));
  if (!isCascadingFilter(renamed)) {
    const backgrounds = same.flatMap((one) => (isCascadingFilter(one) ? [] : partsOf(one.jaql)));
    return { ...renamed, jaql: withBackgrounds(renamed.jaql, backgrounds) };
  }
  const cascades = same.filter(isCascadingFilter);
  const levels = renamed.levels.map((level, index) => {
    const stored = cascades.flatMap((cascade) => cascade.levels[index] ?? []);
    return withId(withBackgrounds(level, stored.flatMap(partsOf)), idOf(stored));
  });
  return { ...renamed, levels };
}

function mergeLevel(filters: DashboardFilter[], change: DashboardFilter): DashboardFilter[] {
  const added = withoutIds(change);
  if (isCascadingFilter(added)) return [...filters, added];
  const field = fieldOf(added.jaql);
  const holder = filters
    .filter(isCascadingFilter)
    .find(({ levels }) => levels.some((level) => fieldOf(level) === field));
  if (holder === undefined) return [...filters, added];
  if (holder.locked === true) return filters;
  const restricted = restrictLevel(holder, added);
  return filters.map((filter) => (filter === holder ? restricted : filter));
}

function restrictLevel(cascade: CascadingFilter, { jaql, disabled }: JaqlItem): CascadingFilter {
  const place = cascade.levels.findIndex((level) => fieldOf(level) === fieldOf(jaql));
  const levels = cascade.levels.map((level, index) => {
    if (index < place && cascade.disabled !== true) return level;
    const { filter: _filter, ...own } = level;
    const isChanged = index === place && disabled !== true && jaql.filter !== undefined;
    const filter: JaqlFilter = isChanged ? (jaql.filter ?? {}) : { all: true };
    return withBackgrounds({ ...own, filter }, partsOf(level));
  });
  const { disabled: _disabled, ...rest } = cascade;
  return { ...rest, levels };
}

/** An id of a reader's own would make it part of a relation that it has not been given. */
function withoutIds(filter: DashboardFilter): DashboardFilter {
  const anonymous = withId(filter, undefined);
  if (!isCascadingFilter(anonymous)) return anonymous;
  return { ...anonymous, levels: anonymous.levels.map((level) => withId(level, undefined)) };
}

function withId<Named extends { readonly instanceid?: string }>(
  named: Named,
  instanceid: string | undefined,
): Named {
  const { instanceid: _own, ...rest } = named;
  return (instanceid === undefined ? rest : { ...rest, instanceid }) as Named;
}

function idOf(named: readonly { readonly instanceid?: string }[]): string | undefined {
  return named.find(({ instanceid }) => instanceid !== undefined)?.instanceid;
}

/** The fields and date levels of a dashboard filter. */
function identityOf(filter: DashboardFilter): string {
  if (!isCascadingFilter(filter)) return fieldOf(filter.jaql);
  return JSON.stringify(filter.levels.map(fieldOf));
}

function fieldOf({ dim, table, column, level }: JaqlItem['jaql']): string {
  const name = dim ?? `[${table}.${column}]`;
  return JSON.stringify([name.replace(/ \(Calendar\)\]$/, ']'), level ?? '']);
}

function partsOf({ filter }: JaqlItem['jaql']): unknown[] {
  return backgroundsOf(filter);
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

function withBackgrounds<Restricted extends JaqlItem['jaql']>(
  jaql: Restricted,
  backgrounds: readonly unknown[],
): Restricted {
  if (backgrounds.length === 0) return jaql;
  const { filter, ...own } = jaql.filter ?? {};
  const parts = filter === undefined ? backgrounds : [filter, ...backgrounds];
  const nested = parts.length === 1 ? parts[0] : { and: parts };
  return { ...jaql, filter: { ...own, filter: nested } };
}
