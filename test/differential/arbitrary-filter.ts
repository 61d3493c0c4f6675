import fc from 'fast-check';
import {
  columnsOf,
  days,
  moments,
  prices,
  sizes,
  type TableName,
  tableNames,
  words,
} from './star-schema.ts';

/** Filters of every kind, over the fields of the star. */

export const table = fc.oneof(
  { weight: 4, arbitrary: fc.constant<TableName>('sales') },
  { weight: 6, arbitrary: fc.constantFrom(...tableNames) },
);
const level = fc.constantFrom(
  ...(['years', 'quarters', 'months', 'weeks', 'days', 'hours', 'minutes'] as const),
);
const firstday = fc.constantFrom('mon', 'sun');
/** A few, or all but a few. */
const some = <Item>(items: readonly Item[]) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.subarray([...items], { maxLength: 4 }) },
    { weight: 3, arbitrary: fc.subarray([...items], { minLength: Math.floor(items.length / 2) }) },
  );

export const fieldOf = (type: 'text' | 'numeric' | 'datetime') =>
  table.chain((name) =>
    fc.constantFrom(...columnsOf(name)[type]).map((column) => ({ dim: `[${name}.${column}]` })),
  );
export const dated = fc
  .tuple(fieldOf('datetime'), level, firstday)
  .map(([field, of, first]) => ({ ...field, level: of, firstday: first }));
export const dimension = fc.oneof(fieldOf('text'), fieldOf('numeric'), dated, fieldOf('datetime'));

/** What every engine computes alike in whatever order the rows come. */
const exact = ['sum', 'avg', 'min', 'max', 'median', 'count', 'countduplicates'] as const;
/** Equal up to rounding: never an order, nor a limit. */
const rounded = ['stdev', 'stdevp', 'var', 'varp'] as const;
export const exactMeasure = fc
  .oneof(
    { weight: 1, arbitrary: fc.tuple(fieldOf('numeric'), fc.constantFrom(...exact)) },
    {
      weight: 6,
      arbitrary: fc.tuple(
        fc.constantFrom({ dim: '[sales.price]' }, { dim: '[sales.size]' }),
        fc.constantFrom(...exact),
      ),
    },
    { weight: 1, arbitrary: fc.tuple(fieldOf('text'), fc.constantFrom('count', 'min', 'max')) },
    { weight: 1, arbitrary: fc.tuple(dated, fc.constantFrom('count', 'min', 'max')) },
  )
  .map(([field, agg]) => ({ ...field, agg }));
/** A measure of a fact, a number. */
export const measureOf = (fact: 'sales' | 'returned') =>
  fc
    .tuple(fc.constantFrom('price', 'size'), fc.constantFrom(...exact))
    .map(([column, agg]) => ({ dim: `[${fact}.${column}]`, agg }));
/** What both facts lead to. */
export const sharedDimension = fc.oneof(
  fc.constantFrom('product', 'brand').map((name) => ({ dim: `[${name}.word]` })),
  fc.constantFrom('product', 'brand').map((name) => ({ dim: `[${name}.size]` })),
  fc
    .tuple(fc.constantFrom('product', 'brand'), level)
    .map(([name, of]) => ({ dim: `[${name}.day]`, level: of })),
);
export const roundedMeasure = fc
  .tuple(fieldOf('numeric'), fc.constantFrom(...rounded))
  .map(([field, agg]) => ({ ...field, agg }));

const nested = (leaf: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.letrec<{ filter: object }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 2 },
      leaf,
      leaf.map((exclude) => ({ exclude })),
      tie('filter').map((exclude) => ({ exclude })),
      fc.array(tie('filter'), { minLength: 1, maxLength: 2 }).map((and) => ({ and })),
      fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
    ),
  })).filter;
const membersOf = <Member>(members: readonly Member[]) =>
  fc.oneof(
    { weight: 3, arbitrary: some([...members, null]).map((chosen) => ({ members: chosen })) },
    {
      weight: 1,
      arbitrary: fc.tuple(some(members), some(members)).map(([chosen, off]) => ({
        members: chosen,
        filter: { turnedOff: true, exclude: { members: off } },
      })),
    },
    { weight: 1, arbitrary: fc.constant({ all: true }) },
  );

const textTests = [
  ...['contains', 'doesntContain', 'startsWith', 'doesntStartWith', 'endsWith', 'doesntEndWith'],
  ...['equals', 'doesntEqual', 'like'],
];
const textFilter = nested(
  fc.oneof(
    membersOf(words),
    fc
      .tuple(
        fc.constantFrom(...textTests),
        fc.constantFrom(...words, 'a', 'A', '%', 'i_ch', '_', 'Σ', 'ı', 'ÜN', '本', '\\'),
      )
      .map(([kind, value]) => ({ [kind]: value })),
  ),
);
const number = fc.constantFrom(...sizes, ...prices, 4, 10, -0.5);
const numberFilter = nested(
  fc.oneof(
    membersOf([...sizes, ...prices, '3']),
    fc
      .tuple(
        fc.constantFrom(
          'from',
          'to',
          'fromNotEqual',
          'toNotEqual',
          '<',
          '>',
          'equals',
          'doesntEqual',
        ),
        number,
      )
      .map(([kind, value]) => ({ [kind]: value })),
    fc.tuple(number, number).map(([from, to]) => ({ from, to })),
  ),
);
const relative = fc
  .tuple(
    fc.constantFrom('last', 'next'),
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: -3, max: 3 }),
    fc.constantFrom({}, { anchor: '2020-03-29' }, { anchor: '2020-12-31T23:59:59' }),
  )
  .map(([kind, count, offset, anchor]) => ({ [kind]: { count, offset }, ...anchor }));
const dateFilter = nested(
  fc.oneof(
    membersOf([...days, ...moments]),
    fc.tuple(fc.constantFrom(...days), fc.constantFrom(...days)).map((ends) => {
      const [from, to] = ends.toSorted();
      return { from, to };
    }),
    fc.constantFrom(...moments).map((from) => ({ from })),
    fc.constantFrom(...moments).map((to) => ({ from: null, to })),
    relative,
  ),
);
export const ranking = fc
  .tuple(fc.constantFrom('top', 'bottom'), fc.integer({ min: 1, max: 4 }), exactMeasure)
  .map(([direction, count, by]) => ({ [direction]: count, by }));

/** A field with a filter of its own, and sometimes a background. */
const restricted = (field: fc.Arbitrary<object>, filter: fc.Arbitrary<object>) =>
  fc
    .tuple(
      field,
      fc.oneof(
        { weight: 3, arbitrary: filter },
        {
          weight: 1,
          arbitrary: fc
            .tuple(filter, filter)
            .map(([own, background]) => ({ and: [own], filter: background })),
        },
      ),
    )
    .map(([jaql, of]) => ({ ...jaql, filter: of }));

/** The `jaql` of a filter without a ranking in it. */
export const plainRestriction = fc.oneof(
  { weight: 4, arbitrary: restricted(fieldOf('text'), textFilter) },
  { weight: 3, arbitrary: restricted(fieldOf('numeric'), numberFilter) },
  { weight: 3, arbitrary: restricted(fc.oneof(dated, fieldOf('datetime')), dateFilter) },
);
/** The `jaql` of any filter on a field. */
export const restriction = fc.oneof(
  { weight: 8, arbitrary: plainRestriction },
  { weight: 1, arbitrary: restricted(fc.oneof(fieldOf('text'), dated), ranking) },
);
/** A highlight of a field by its own type. */
export const selectionOf = { text: textFilter, numeric: numberFilter, datetime: dateFilter };
export { number };
