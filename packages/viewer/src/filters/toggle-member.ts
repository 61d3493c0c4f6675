import { type CellValue, type ViewFilter, type ViewItem, viewLevels } from '@vitrine/charts';
import { readCondition, writeCondition } from './filter-condition.ts';
import { keyOfFilter, keyOfItem } from './filter-key.ts';
import { filtersInForce, withChange, withoutChange } from './filters-in-force.ts';

export interface MemberClick {
  /** The field that was clicked, without a filter of its own. */
  readonly item: ViewItem;
  readonly member: CellValue;
  /** Held modifier key: the member joins or leaves those already chosen. */
  readonly adds: boolean;
}

/**
 * The changes after a click on a member: it becomes the only one chosen, or, where it was that already, the field is
 * as the dashboard stored it. A click on a locked filter changes nothing.
 */
export function toggleMember(
  base: readonly ViewFilter[],
  changes: readonly ViewFilter[],
  { item, member, adds }: MemberClick,
): readonly ViewFilter[] {
  const key = keyOfItem(item);
  const inForce = filtersInForce(base, changes);
  const current = inForce.flatMap(viewLevels).find((filter) => keyOfItem(filter) === key);
  if (current?.locked) return changes;
  const condition = readCondition(current?.jaql.filter);
  const chosen =
    condition.kind === 'members' && !condition.excluded && !current?.disabled
      ? condition.members
      : [];
  const isChosen = chosen.includes(member);
  const members = adds
    ? isChosen
      ? chosen.filter((value) => value !== member)
      : [...chosen, member]
    : isChosen && chosen.length === 1
      ? []
      : [member];
  if (members.length === 0) {
    const isOwn = inForce.some((filter) => keyOfFilter(filter) === key);
    return current && !isOwn
      ? withChange(changes, withFilter(current, undefined))
      : withoutChange(changes, key);
  }
  const filter = writeCondition({ kind: 'members', members, excluded: false, single: false });
  return withChange(changes, withFilter(current ?? item, filter));
}

/** The item with that filter, and switched on. */
export function withFilter(
  item: ViewItem,
  filter: Readonly<Record<string, unknown>> | undefined,
): ViewItem {
  const { dim, table, column, datatype, title, level } = item.jaql;
  return {
    jaql: {
      ...(dim ? { dim } : {}),
      ...(table ? { table } : {}),
      ...(column ? { column } : {}),
      ...(datatype ? { datatype } : {}),
      ...(title ? { title } : {}),
      ...(level ? { level } : {}),
      filter: filter ?? { all: true },
    },
    ...(item.format ? { format: item.format } : {}),
  };
}
