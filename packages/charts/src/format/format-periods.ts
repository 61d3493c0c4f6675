import type { DateLevel } from '../view-model.ts';
import { formatDate } from './format-date.ts';
import { parseWallClock } from './parse-wall-clock.ts';

/** Periods of a level, counted from the one that holds now, or the anchor: 0 is that one, −1 the one before. */
export interface Periods {
  readonly level: DateLevel;
  readonly from: number;
  readonly to: number;
  /** `YYYY-MM-DD` or ISO; default now. */
  readonly anchor?: string | undefined;
}

/** Relative periods in plain words, `2 months ago – this month`; around an anchor as dates, `Nov 2012 – Jan 2013`. */
export function formatPeriods(
  { level, from, to, anchor }: Periods,
  { language, locale }: { readonly language: string; readonly locale: string },
): string {
  const at = parseWallClock(anchor);
  const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const write = (shift: number) =>
    at === undefined
      ? words.format(shift, singular(level))
      : formatDate(moved(at, level, shift), level, locale);
  return from === to ? write(from) : `${write(from)} – ${write(to)}`;
}

const singular = (level: DateLevel) => level.slice(0, -1) as Intl.RelativeTimeFormatUnit;

const months: Readonly<Partial<Record<DateLevel, number>>> = { years: 12, quarters: 3, months: 1 };
const lengthMs: Readonly<Partial<Record<DateLevel, number>>> = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
};
/** A Monday: weeks are counted from it. */
const mondayMs = 4 * 86_400_000;

/** The start of the period that lies so many after the one at `ms`. */
function moved(ms: number, level: DateLevel, shift: number): number {
  const monthsInPeriod = months[level];
  if (monthsInPeriod) {
    const date = new Date(ms);
    const period = Math.floor(date.getUTCMonth() / monthsInPeriod) + shift;
    return Date.UTC(date.getUTCFullYear(), period * monthsInPeriod);
  }
  const length = lengthMs[level] ?? 1;
  const origin = level === 'weeks' ? mondayMs : 0;
  return (Math.floor((ms - origin) / length) + shift) * length + origin;
}
