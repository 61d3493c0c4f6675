import type { Grouping, TermOf } from '../formula/term.ts';
import { misplaced, queryDate } from './date-key.ts';
import type { Expression, Order } from './plan.ts';
import { inPeriod } from './row-expression.ts';
import { keyName } from './rows-request.ts';

type WindowTerm = TermOf<'window'>;

/** A function over rows as an expression; `of` is its measure, `order` that of the rows. Code `formula_misplaced`. */
export function windowOf(
  { by, place }: WindowTerm,
  of: Expression,
  keys: readonly Grouping[],
  order: readonly Order[],
): Expression {
  const keyNames = keys.map((_, index) => keyName({ keys }, index));
  switch (by.kind) {
    case 'contribution': {
      const total: Expression = { kind: 'window', function: 'sum', of, partition: [], order: [] };
      return { kind: 'scalar', function: '/', of: [of, total] };
    }
    case 'running': {
      const partition = by.isContinuous ? [] : keyNames.slice(0, -1);
      return { kind: 'window', function: by.aggregation, of, partition, order };
    }
    case 'rank': {
      const partition = by.within.map(({ field, period }) => {
        const index = keys.findIndex(
          (key) =>
            key.field === field && (period === undefined || key.period?.level === period.level),
        );
        if (index >= 0) return keyName({ keys }, index);
        throw misplaced('A rank is within groups that the query shows.', place);
      });
      const best: Order = { of, direction: by.direction };
      const ties = keyNames.map((key): Order => ({ of: key, direction: 'asc' }));
      const ranks = { '1224': 'rank', '1334': 'rankBelow', '1223': 'denseRank' } as const;
      const rank: Expression =
        by.type === '1234'
          ? { kind: 'window', function: 'number', of, partition, order: [best, ...ties] }
          : { kind: 'window', function: ranks[by.type], of, partition, order: [best] };
      const isNull: Expression = { kind: 'scalar', function: 'isnull', of: [of] };
      const none: Expression = { kind: 'constant', value: null };
      return {
        kind: 'case',
        branches: [{ when: isNull, gives: none }],
        otherwise: rank,
        datatype: 'numeric',
      };
    }
    case 'toDate': {
      const date = queryDate(keys, [], place);
      if (date.key === undefined) throw misplaced('The query is not grouped by a date.', place);
      const { field, key } = date;
      const others = keyNames.filter((_, index) => keys[index]?.field !== field);
      const day = keyName({ keys }, key.index);
      const period = inPeriod(day, { level: by.unit, firstDay: key.period.firstDay });
      return {
        kind: 'window',
        function: by.aggregation,
        of,
        partition: [...others, period],
        order: [{ of: day, direction: 'asc' }],
      };
    }
  }
}
