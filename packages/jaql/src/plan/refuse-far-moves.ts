import type { Move, PeriodEdge } from '../filter/filter.ts';
import { mostYears, yearsIn } from '../filter/period.ts';
import type { Place } from '../formula/term.ts';
import { JaqlError } from '../jaql-error.ts';
import type { FieldFilter } from './row-filter.ts';

/**
 * Refuses moves that lead, one way or the other, further than engines can count. There the query would fail on a row, and a
 * database may look at rows before it knows that data security leaves them out: the failure would tell that they are there.
 * Code `formula_arguments`.
 */
export function refuseFarMoves(moves: readonly Move[], place: Place): void {
  const years = moves.reduce((sum, { period, amount }) => sum + yearsIn(period, amount), 0);
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
