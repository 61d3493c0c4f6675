import type { DateLevel } from '../view-model.ts';
import { dateFormat } from './intl-cache.ts';
import { formatQuarter } from './quarter-pattern.ts';

const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' };
const time: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };

/** A week is written as its first day. */
const fullOptions: Readonly<Record<Exclude<DateLevel, 'quarters'>, Intl.DateTimeFormatOptions>> = {
  years: { year: 'numeric' },
  months: { month: 'short', year: 'numeric' },
  weeks: day,
  days: day,
  hours: { ...day, ...time },
  minutes: { ...day, ...time },
};

const shortOptions: Readonly<Record<Exclude<DateLevel, 'quarters'>, Intl.DateTimeFormatOptions>> = {
  years: { year: 'numeric' },
  months: { month: 'short' },
  weeks: { day: 'numeric', month: 'short' },
  days: { day: 'numeric', month: 'short' },
  hours: time,
  minutes: time,
};

/** Writes a wall-clock time (milliseconds of `parseWallClock`) at a level; without one, the date and, unless midnight, the time. */
export function formatDate(ms: number, level: DateLevel | undefined, locale: string): string {
  if (level === 'quarters') return formatQuarter(quarterOf(ms), yearOf(ms), locale);
  const options = fullOptions[level ?? (ms % 86_400_000 === 0 ? 'days' : 'minutes')];
  return dateFormat(locale, options).format(ms);
}

/** The same for an axis, without what neighbouring ticks share: `Jan`, `Q1`, `5 May`, `14:00`. */
export function formatDateShort(ms: number, level: DateLevel, locale: string): string {
  if (level === 'quarters') return formatQuarter(quarterOf(ms), undefined, locale);
  return dateFormat(locale, shortOptions[level]).format(ms);
}

function quarterOf(ms: number): number {
  return Math.floor(new Date(ms).getUTCMonth() / 3) + 1;
}

function yearOf(ms: number): number {
  return new Date(ms).getUTCFullYear();
}
