/**
 * Filters as restrictions of rows. Background parts hold always and stand outside of filter relations; own parts hold unless
 * their filter is switched off or ignored, and are ANDed unless relations say otherwise.
 */
import { conjuncts, type Filter } from '../filter/filter.ts';
import { parseRelations, type Relation } from '../filter/parse-relations.ts';
import { at, readList, readRecord, refuseUnknownKeys } from '../filter/read-record.ts';
import { JaqlError } from '../jaql-error.ts';
import type { Scope } from './query.ts';
import { fieldOfDim } from './read-field.ts';
import { type Item, type Reading, readInstanceId, readItem, readJaql } from './read-item.ts';
import { type FieldFilter, isEffective, type RowFilter } from './row-filter.ts';

const cascadeKeys = new Set(['isCascading', 'levels', 'disabled', 'locked', 'instanceid']);

/** The dashboard filters, one item a field; those that are ignored count as disabled. */
export function readDashboardFilters(scope: Scope, reading: Reading): readonly Item[] {
  const ignored = new Set(
    (scope.ignore ?? []).map((dim, index) => fieldOfDim(dim, at('/ignore', index), reading.index)),
  );
  return readFilters(scope.filters, '/filters', reading).map((item) =>
    item.field !== undefined && ignored.has(item.field) ? { ...item, isDisabled: true } : item,
  );
}

/** The background parts of the dashboard filters on fields. */
export function readBackgrounds(scope: Scope, reading: Reading): readonly FieldFilter[] {
  return readFilters(scope.filters, '/filters', reading).flatMap(backgroundParts);
}

/** The whole of the filters that a list of members stands under. Codes of filters; `filter_unsupported` for those of measures. */
export function readAbove(raw: unknown, reading: Reading): readonly RowFilter[] {
  if (raw === undefined) return [];
  const items = readFilters(readList(raw, '/filters', 'query_invalid'), '/filters', reading);
  const measure = items.find(isMeasure);
  if (measure !== undefined) throw measureRefused(measure.pointer);
  return joinFilters(items, undefined, '');
}

/** The restrictions of items on rows, as `relations` join them. Codes of filter relations; `item_invalid`. */
export function joinFilters(
  items: readonly Item[],
  relations: unknown,
  pointer: string,
): readonly RowFilter[] {
  const backgrounds = items.flatMap(backgroundParts);
  if (relations === undefined) return [...backgrounds, ...items.flatMap(ownParts)];
  const instances = new Map<string, Item[]>();
  for (const item of items) {
    for (const id of item.instanceIds) instances.set(id, [...(instances.get(id) ?? []), item]);
  }
  const tree = parseRelations(relations, pointer);
  const related = new Set(idsIn(tree).flatMap((id) => instances.get(id) ?? []));
  return [
    ...backgrounds,
    ...items.filter((item) => !related.has(item)).flatMap(ownParts),
    ...joined(tree, instances, false),
  ];
}

/** What restricts nothing leaves the tree: an OR with a filter that is not set is what the others say. */
function joined(
  node: Relation,
  instances: ReadonlyMap<string, readonly Item[]>,
  isChoice: boolean,
): readonly RowFilter[] {
  if (node.kind === 'filter') {
    const items = instances.get(node.id);
    if (items === undefined) {
      throw new JaqlError('filter_invalid', 'No filter has this instanceid.', {
        pointer: node.pointer,
      });
    }
    if (isChoice && items.some(isMeasure)) throw measureRefused(node.pointer);
    return items.flatMap(ownParts);
  }
  if (node.kind === 'and') return node.of.flatMap((part) => joined(part, instances, isChoice));
  const anyOf = node.of
    .map((part) => joined(part, instances, true))
    .filter((part) => part.length > 0);
  return anyOf.length > 1 ? [{ anyOf }] : anyOf.flat();
}

function idsIn(node: Relation): readonly string[] {
  return node.kind === 'filter' ? [node.id] : node.of.flatMap(idsIn);
}

function readFilters(raw: readonly unknown[], pointer: string, reading: Reading): readonly Item[] {
  return raw.flatMap((filter, index) => readFilter(filter, at(pointer, index), reading));
}

function readFilter(raw: unknown, pointer: string, reading: Reading): readonly Item[] {
  const record = readRecord(raw, pointer, 'item_invalid');
  if (record.isCascading !== true) return [readItem(raw, pointer, reading)];
  refuseUnknownKeys(record, cascadeKeys, pointer, 'item_unsupported');
  const place = at(pointer, 'levels');
  const levels = readList(record.levels, place, 'item_invalid');
  if (levels.length === 0) {
    throw new JaqlError('item_invalid', 'A cascading filter has levels.', { pointer: place });
  }
  const ids = readInstanceId(record, pointer);
  return levels.map((level, index) => {
    const levelPlace = at(place, index);
    const { instanceid, ...jaql } = readRecord(level, levelPlace, 'item_invalid');
    const item = readJaql(jaql, levelPlace, reading);
    if (isMeasure(item)) throw measureRefused(levelPlace);
    return {
      ...item,
      isDisabled: record.disabled === true,
      instanceIds: [...ids, ...readInstanceId({ instanceid }, levelPlace)],
    };
  });
}

function backgroundParts(item: Item): readonly FieldFilter[] {
  if (item.filter === undefined) return [];
  return partsOf(item, item.filter.background).map((part) => ({ ...part, isBackground: true }));
}

function ownParts(item: Item): readonly FieldFilter[] {
  if (item.isDisabled || item.filter === undefined) return [];
  return partsOf(item, item.filter.own);
}

/** The restrictions of an item on its field, one for each part that is joined by AND. */
function partsOf(item: Item, filter: Filter): FieldFilter[] {
  if (item.role === 'measure') return [];
  const { field, period } = item;
  const pointer = at(item.pointer, 'filter');
  return conjuncts(filter)
    .map((part) => ({ field, filter: part, pointer, ...(period === undefined ? {} : { period }) }))
    .filter(isEffective);
}

function isMeasure({ role }: Item): boolean {
  return role === 'measure';
}

function measureRefused(pointer: string): JaqlError {
  return new JaqlError('filter_unsupported', 'A filter on a measure is not offered here.', {
    pointer,
  });
}
