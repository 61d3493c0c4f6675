import { dateLevels } from '@vitrine/claims';
import type { Filter, PeriodEdge } from '../filter/filter.ts';
import { type Period, samePeriod } from '../filter/period.ts';
import type { Grouping } from '../formula/term.ts';
import { isFieldFilter, type RowFilter } from './row-filter.ts';

/** The key of groups that meet a filter with all of their rows or with none: the month, where a year is asked for. */
export function decidingKey(filter: RowFilter, keys: readonly Grouping[]): Grouping | undefined {
  if (!isFieldFilter(filter) || filter.moved !== undefined) return undefined;
  return keys.find(
    ({ field, period }) => field === filter.field && endsWithGroups(filter.filter, period),
  );
}

function endsWithGroups(filter: Filter, group: Period | undefined): boolean {
  switch (filter.kind) {
    case 'members':
      if (filter.period === undefined || group === undefined) return group === undefined;
      return [filter.period, ...(filter.moves ?? []).map(({ period }) => period)].every((period) =>
        isMadeOf(period, group),
      );
    case 'between':
      return group === undefined || [filter.from, filter.before].every(startsGroup(group));
    default:
      return false;
  }
}

const startsGroup = (group: Period) => (edge: PeriodEdge | undefined) =>
  edge === undefined ||
  [edge.period, ...(edge.moves ?? []).map(({ period }) => period)].every((period) =>
    isMadeOf(period, group),
  );

/** True where the longer period begins and ends with shorter ones. Weeks are made of days, and nothing is made of weeks. */
function isMadeOf(longer: Period, shorter: Period): boolean {
  if (samePeriod(longer, shorter)) return true;
  return shorter.level !== 'weeks' && rankOf(longer) < rankOf(shorter);
}

function rankOf({ level }: Period): number {
  return dateLevels.indexOf(level);
}
