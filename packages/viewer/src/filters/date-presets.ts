import type { DateLevel } from '@vitrine/charts';
import type { RelativeCondition } from './filter-condition.ts';

/** Count and offset of the relative dates that are a click away, by level. */
const presets: Readonly<Record<DateLevel, readonly (readonly [count: number, offset: number])[]>> =
  {
    years: [
      [1, 0],
      [1, 1],
      [3, 0],
      [5, 0],
    ],
    quarters: [
      [1, 0],
      [1, 1],
      [4, 0],
      [8, 0],
    ],
    months: [
      [1, 0],
      [1, 1],
      [3, 0],
      [12, 0],
    ],
    weeks: [
      [1, 0],
      [1, 1],
      [4, 0],
      [12, 0],
    ],
    days: [
      [1, 0],
      [7, 0],
      [30, 0],
      [90, 0],
      [365, 0],
    ],
    hours: [
      [1, 0],
      [24, 0],
      [48, 0],
    ],
    minutes: [
      [15, 0],
      [60, 0],
    ],
  };

/** Relative dates to choose from at a level; days where an item names none. */
export function datePresets(level: DateLevel = 'days'): readonly RelativeCondition[] {
  return presets[level].map(([count, offset]) => ({
    kind: 'relative',
    direction: 'last',
    count,
    offset,
  }));
}
