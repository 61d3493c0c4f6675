import type { ViewItem } from '@vitrine/charts';
import { readCondition } from './filter-condition.ts';

export type FilterControlKind = 'members' | 'range' | 'dates' | 'text';

const steppedLevels: readonly (string | undefined)[] = ['years', 'quarters', 'months'];

/** Which control edits a filter; `text` only shows it and lets go of it. */
export function filterControlKind(item: ViewItem): FilterControlKind {
  const condition = readCondition(item.jaql.filter);
  if (condition.kind === 'members') return 'members';
  if (condition.kind === 'range') return 'range';
  if (condition.kind === 'dates' || condition.kind === 'relative') return 'dates';
  if (condition.kind !== 'all') return 'text';
  if (item.jaql.datatype === 'numeric') return 'range';
  if (item.jaql.datatype !== 'datetime') return 'members';
  return steppedLevels.includes(item.jaql.level) ? 'members' : 'dates';
}
