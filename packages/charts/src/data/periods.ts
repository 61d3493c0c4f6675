import type { DateLevel } from '../view-model.ts';

const dayMs = 86_400_000;
const fixedMs = { weeks: 7 * dayMs, days: dayMs, hours: 3_600_000, minutes: 60_000 } as const;
const monthsIn = { years: 12, quarters: 3, months: 1 } as const;
const maxPeriods = 5000;

/** The start of the period after this one. */
export function nextPeriod(ms: number, level: DateLevel): number {
  if (level in fixedMs) return ms + fixedMs[level as keyof typeof fixedMs];
  const date = new Date(ms);
  return date.setUTCMonth(date.getUTCMonth() + monthsIn[level as keyof typeof monthsIn]);
}

/**
 * All period starts from the first to the last of `starts` (ascending), the missing ones too; undefined where they do
 * not lie on the level's grid, where there would be more than 5,000, or where so few are present that the axis would
 * be nearly empty. Then a continuous time axis serves better.
 */
export function fillPeriods(starts: readonly number[], level: DateLevel): number[] | undefined {
  const [first] = starts;
  const last = starts.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const limit = Math.min(maxPeriods, 24 + 31 * starts.length);
  const present = new Set(starts);
  const filled: number[] = [];
  let found = 0;
  for (let at = first; at <= last; at = nextPeriod(at, level)) {
    if (filled.length === limit) return undefined;
    if (present.has(at)) found += 1;
    filled.push(at);
  }
  return found === present.size ? filled : undefined;
}
