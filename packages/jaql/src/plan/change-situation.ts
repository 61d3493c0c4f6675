import type { Filter, Move } from '../filter/filter.ts';
import { samePeriod } from '../filter/period.ts';
import type { Change, Grouping, TermOf } from '../formula/term.ts';
import type { Field } from '../model/field.ts';
import { isShorterThanGroups, movePeriod, queryDate } from './date-key.ts';
import { type InForce, liftFilters, moveFilters, replaceFilters } from './in-force.ts';
import type { Reading } from './read-item.ts';
import { movesOf, refuseFarMoves } from './refuse-far-moves.ts';
import { fieldFiltersIn } from './row-filter.ts';

/** A date key at which a row looks, instead of its own. */
export interface MovedKey {
  readonly field: Field;
  readonly index: number;
  readonly moves: readonly Move[];
}

/** From where a term is computed: the filters in force, and the groups among those of the rows. */
export interface Situation {
  readonly filters: InForce;
  /** Places of the groupings that are kept. */
  readonly keys: readonly number[];
  readonly moved?: MovedKey;
}

/** The situation of what stands in a measured value; none where it looks at a period that there is not. Codes `formula_misplaced`, `formula_arguments`. */
export function changeSituation(
  { changes, place }: TermOf<'measured'>,
  groupings: readonly Grouping[],
  situation: Situation,
  reading: Reading,
): Situation | undefined {
  const change = (before: Situation | undefined, one: Change): Situation | undefined => {
    if (before === undefined) return undefined;
    const { filters, keys } = before;
    switch (one.kind) {
      case 'filter':
        return {
          ...before,
          filters: replaceFilters(filters, one.grouping, one.filter, place.pointer),
        };
      case 'all': {
        const kept = keys.filter((key) => !isCovered(groupings[key], one.grouping));
        return { ...before, keys: kept, filters: liftFilters(filters, one.grouping) };
      }
      case 'now': {
        const { field, period } = one.grouping;
        const wanted = queryDate(groupings, filters, place, field);
        const level = period ?? movePeriod(wanted, undefined, place);
        const now = { field, period: level };
        const lifted = liftFilters(filters, { field });
        return {
          ...before,
          keys: keys.filter((key) => groupings[key]?.field !== field),
          filters: replaceFilters(lifted, now, holding(now, reading), place.pointer),
        };
      }
      case 'move': {
        const date = queryDate(groupings, filters, place, one.field);
        const move: Move = {
          period: movePeriod(date, one.level, place),
          amount: one.amount,
        };
        if (isShorterThanGroups(date, move.period.level)) return undefined;
        const moved = moveFilters(filters, date.field, move, date.key?.period);
        const moves = [...(before.moved?.moves ?? []), move];
        for (const all of [moves, ...moved.flatMap(fieldFiltersIn).map(movesOf)]) {
          refuseFarMoves(all, place);
        }
        const { index } = date.key ?? {};
        if (index === undefined) return { ...before, filters: moved };
        return { ...before, filters: moved, moved: { field: date.field, index, moves } };
      }
    }
  };
  return changes.reduce<Situation | undefined>(change, situation);
}

function isCovered(key: Grouping | undefined, { field, period }: Grouping): boolean {
  return key?.field === field && (period === undefined || samePeriod(key.period, period));
}

/** The period that holds this moment. */
function holding({ period }: Required<Pick<Grouping, 'period'>>, { now }: Reading): Filter {
  const at = now();
  return {
    kind: 'between',
    from: { at, period, shift: 0 },
    before: { at, period, shift: 1 },
  };
}
