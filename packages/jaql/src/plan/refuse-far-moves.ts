import type { DateLevel } from '@vitrine/claims';
import type { Move, PeriodEdge } from '../filter/filter.ts';
import type { Place } from '../formula/term.ts';
import { JaqlError } from '../jaql-error.ts';
import type { FieldFilter } from './row-filter.ts';

/** From the year 1 on, every engine can count back so far: PostgreSQL to 4713 BC. */
const mostYears = 4_000;

/** At least, of a year. */
const periodsOfYear: Readonly<Record<DateLevel, number>> = {
  years: 1,
  quarters: 4,
  months: 12,
  weeks: 52,
  days: 365,
  hours: 8_760,
  minutes: 525_600,
};

/**
 * Refuses moves that lead, one way or the other, further than engines can count. There the query would fail on a row, and a
 * database may look at rows before it knows that data security leaves them out: the failure would tell that they are there.
 * Code `formula_arguments`.
 */
export function refuseFarMoves(moves: readonly Move[], place: Place): void {
  const years = moves.reduce(
    (sum, { period, amount }) => sum + Math.abs(amount) / periodsOfYear[period.level],
    0,
  );
  if (years <= mostYears) return;
  throw new JaqlError('formula_arguments', 'The date is moved too far.', place);
}

/** By what a filter, or the date that meets it, is moved. */
export function movesOf({ filter, moved = [] }: FieldFilter): readonly Move[] {
  if (filter.kind === 'members') return [...(filter.moves ?? []), ...moved];
  if (filter.kind !== 'between') return moved;
  const of = (edge: PeriodEdge | undefined) => edge?.moves ?? [];
  return [...(filter.from === undefined ? of(filter.before) : of(filter.from)), ...moved];
}
