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
