import type { DateLevel } from '@vitrine/claims';

/** A date level; `firstDay` matters for weeks alone. */
export interface Period {
  readonly level: DateLevel;
  readonly firstDay: 'mon' | 'sun';
}

/** True where both cut dates into the same periods. */
export function samePeriod(a: Period | undefined, b: Period | undefined): boolean {
  if (a?.level !== b?.level) return false;
  return a?.level !== 'weeks' || a.firstDay === b?.firstDay;
}

const ofMonths: ReadonlySet<DateLevel> = new Set(['years', 'quarters', 'months']);

/** True where the period is made of months, which have no length of their own. */
export function isOfMonths({ level }: Period): boolean {
  return ofMonths.has(level);
}

/** From the year 1 on, every engine can count back so far: PostgreSQL to 4713 BC. */
export const mostYears = 4_000;

/** At least, of a year. */
const ofYear: Readonly<Record<DateLevel, number>> = {
  years: 1,
  quarters: 4,
  months: 12,
  weeks: 52,
  days: 365,
  hours: 8_760,
  minutes: 525_600,
};

/** How many years so many periods are at most, backwards as well. */
export function yearsIn({ level }: Period, amount: number): number {
  return Math.abs(amount) / ofYear[level];
}
