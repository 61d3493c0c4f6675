import { type ViewCascade, type ViewFilter, type ViewItem, viewLevels } from '@vitrine/charts';

/** What a filter restricts: a field, and for dates the level. */
export interface FilterTarget {
  readonly dim?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly level?: string | undefined;
}

/** The identity of a dashboard filter, `dim` + `level`; `[T.C]`, `[T.C (Calendar)]` and table + column name one field. */
export function filterKey(target: FilterTarget): string {
  return `${dimOf(target)}|${target.level ?? ''}`;
}

/** `[Table.Column]` of a field, however it was written. */
export function dimOf({ dim, table, column }: FilterTarget): string {
  const text = dim ?? `[${table ?? ''}.${column ?? ''}]`;
  return text.replace(/ \(Calendar\)\]$/, ']');
}

/** `filterKey` of an item. */
export function keyOfItem(item: ViewItem): string {
  return filterKey(item.jaql);
}

/** The identity of a dashboard filter: of a cascading one, the keys of its levels. */
export function keyOfFilter(filter: ViewFilter): string {
  return filter.isCascading === true
    ? viewLevels(filter)
        .map((item) => `>${keyOfItem(item)}`)
        .join('')
    : keyOfItem(filter);
}

/** What the members of one level are kept under. */
export function levelKey(cascade: ViewCascade, index: number): string {
  return `${keyOfFilter(cascade)}#${index}`;
}
