import {
  fieldKey,
  type ViewCascade,
  type ViewFilter,
  type ViewItem,
  viewLevels,
} from '@vitrine/charts';

/** What a filter restricts, `fieldKey` of its item. */
export function keyOfItem(item: ViewItem): string {
  return fieldKey(item.jaql);
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
