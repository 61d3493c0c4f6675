import type { JaqlItem } from '@vitrine/claims';
import type { JaqlQuery, MembersRequest } from '@vitrine/jaql';
import fc from 'fast-check';
import {
  dated,
  dimension,
  exactMeasure,
  fieldOf,
  measureOf,
  number,
  plainRestriction,
  ranking,
  restriction,
  roundedMeasure,
  selectionOf,
  sharedDimension,
} from './arbitrary-filter.ts';
import { exactFormula, roundedFormula } from './arbitrary-formula.ts';
import { arbitraryInForce, type InForce, related } from './arbitrary-relations.ts';
import { moments, words } from './star-schema.ts';

/** A query, or a request for members, under dashboard filters. */
export interface Case extends InForce {
  readonly query?: JaqlQuery;
  readonly members?: MembersRequest;
  readonly ignore?: readonly string[];
}

const sort = fc.constantFrom({}, {}, { sort: 'asc' }, { sort: 'desc' });
const page = fc.constantFrom({}, {}, {}, { count: 3 }, { count: 5, offset: 1 });

/** Mostly none or one: more leave little to compare. */
const someOf = <Item>(item: fc.Arbitrary<Item>) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constant<Item[]>([]) },
    { weight: 2, arbitrary: fc.array(item, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(item, { minLength: 2, maxLength: 2 }) },
  );

/** Items that only filter, and sometimes how they are joined. */
const scope = fc.oneof(
  {
    weight: 4,
    arbitrary: someOf(restriction).map((jaqls) => ({
      items: jaqls.map((jaql) => ({ jaql, panel: 'scope' })),
    })),
  },
  {
    weight: 1,
    arbitrary: related(
      fc.array(
        restriction.map((jaql) => ({ jaql, panel: 'scope' })),
        { minLength: 2, maxLength: 3 },
      ),
    ).map(([items, filterRelations]) => ({ items, filterRelations })),
  },
);

/** A dimension whose members are marked, or not. */
const shown = fc.oneof(
  { weight: 6, arbitrary: dimension },
  {
    weight: 1,
    arbitrary: fc
      .oneof(
        fc.tuple(fieldOf('text'), selectionOf.text),
        fc.tuple(fieldOf('text'), ranking),
        fc.tuple(fieldOf('numeric'), selectionOf.numeric),
        fc.tuple(dated, selectionOf.datetime),
      )
      .map(([field, filter]) => ({ ...field, in: { selected: { jaql: { ...field, filter } } } })),
  },
);
const measure = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(
      fc.oneof({ weight: 3, arbitrary: exactMeasure }, { weight: 2, arbitrary: exactFormula }),
      sort,
      fc.oneof(
        { weight: 8, arbitrary: fc.constant({}) },
        { weight: 2, arbitrary: number.map((from) => ({ filter: { from } })) },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            ...[
              { filter: { top: 2 } },
              { filter: { bottom: 3 } },
              { filter: { exclude: { top: 1 } } },
            ],
            ...[
              { filter: { or: [{ bottom: 1 }, { from: 3 }] } },
              { filter: { and: [{ top: 3 }, { to: 8 }] } },
            ],
          ),
        },
      ),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.oneof(roundedMeasure, roundedFormula),
      fc.constant<{ sort?: string }>({}),
      fc.constant({}),
    ),
  },
);
const isNumber = (one: { formula: string } | { agg: string; dim: string }) =>
  'formula' in one || !['min', 'max'].includes(one.agg) || !/\.(?:word|day)\]$/.test(one.dim);

const totals = fc.constantFrom(
  ...[{}, {}, {}, {}, {}],
  ...[{ grandTotals: true }, { grandTotals: { subtotals: false } }],
);

const grouped = fc
  .record({
    dimensions: fc.array(fc.tuple(shown, sort), { maxLength: 3 }),
    measures: fc.array(measure, { maxLength: 2 }),
    scope,
    ranked: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: ranking.map((filter) => ({ filter })) },
    ),
    page,
    totals,
  })
  .filter(({ dimensions, measures }) => dimensions.length + measures.length > 0)
  .map(
    ({
      dimensions,
      measures,
      scope: { items, ...relations },
      ranked,
      page: of,
      totals,
    }): JaqlQuery => {
      const metadata = [
        ...dimensions.map(([field, order], index) => ({
          jaql: { ...field, ...order, ...(index === 0 ? ranked : {}) },
        })),
        ...measures.map(([one, order, filter]) => ({
          jaql: { ...one, ...order, ...(isNumber(one) ? filter : {}) },
        })),
        ...items,
      ];
      return { metadata: metadata as JaqlItem[], ...relations, ...of, ...totals };
    },
  );

/** Measures of both facts, apart and in a formula, by what both lead to. */
const ofBoth = fc
  .record({
    dimensions: fc.array(fc.tuple(sharedDimension, sort), { maxLength: 2 }),
    sold: measureOf('sales'),
    returned: measureOf('returned'),
    formula: fc.constantFrom(
      ...[
        '[a] - [b]',
        '[b] / [a]',
        'RSUM([a]) + [b]',
        '([a], ALL([g])) - [b]',
        'GROWTH([a]) - [b]',
      ],
      ...['MAX([g], [a] - [b])', 'MAX([g], [b] - [a]) - MIN([g], [b])'],
    ),
    group: sharedDimension,
    order: sort,
    filter: fc.oneof(
      fc.constant({}),
      fc.constantFrom({ filter: { top: 3 } }, { filter: { to: 4 } }),
    ),
    scope,
    page,
    totals,
  })
  .map(({ dimensions, sold, returned, formula, group, order, filter, scope: only, ...more }) => {
    const used = formula.includes('[g]') ? { g: group } : {};
    const context = { a: sold, b: returned, ...used };
    const { items, ...relations } = only;
    const metadata = [
      ...dimensions.map(([field, by]) => ({ jaql: { ...field, ...by } })),
      ...[sold, returned, { formula, context, ...order, ...filter }].map((jaql) => ({ jaql })),
      ...items,
    ];
    const { page: of, totals: all } = more;
    return { metadata: metadata as JaqlItem[], ...relations, ...of, ...all } as JaqlQuery;
  });

/** A step down from a member: the member becomes a filter, and another field the grouping. */
const drilled = fc
  .tuple(
    fc.oneof(
      fc.tuple(fieldOf('text'), fc.constantFrom(...words)),
      fc.tuple(dated, fc.constantFrom(...moments)),
    ),
    dimension,
    exactMeasure,
  )
  .map(
    ([[field, member], below, of]): JaqlQuery => ({
      metadata: [
        { jaql: below },
        { jaql: of },
        { jaql: { ...field, filter: { members: [member] } }, panel: 'scope' },
      ] as JaqlItem[],
    }),
  );
const raw = fc
  .tuple(fc.array(fc.tuple(shown, sort), { minLength: 1, maxLength: 3 }), scope)
  .map(([dimensions, { items, ...relations }]): JaqlQuery => {
    const metadata = [
      ...dimensions.map(([jaql, order]) => ({ jaql: { ...jaql, ...order } })),
      ...items,
    ];
    return { metadata: metadata as JaqlItem[], ungroup: true, ...relations };
  });
const membersRequest = fc
  .tuple(
    dimension,
    fc.constantFrom({}, { term: 'A' }, { term: '1' }, { term: 'σ' }, { count: 3, offset: 1 }),
    someOf(plainRestriction),
  )
  .map(([field, more, above]): MembersRequest => {
    const filters = above.map((jaql) => ({ jaql })) as JaqlItem[];
    return { ...field, ...more, ...(filters.length > 0 ? { filters } : {}) };
  });

/** Any query that the language can say over the star. */
export const arbitraryCase: fc.Arbitrary<Case> = fc
  .tuple(
    fc.oneof(
      { weight: 12, arbitrary: grouped.map((query) => ({ query })) },
      { weight: 3, arbitrary: ofBoth.map((query) => ({ query })) },
      { weight: 2, arbitrary: drilled.map((query) => ({ query })) },
      { weight: 3, arbitrary: raw.map((query) => ({ query })) },
      { weight: 3, arbitrary: membersRequest.map((members) => ({ members })) },
    ),
    arbitraryInForce,
    fc.oneof(
      { weight: 6, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fieldOf('text').map(({ dim }) => ({ ignore: [dim] })) },
    ),
  )
  .map(([asked, inForce, ignore]) => ({ ...asked, ...inForce, ...ignore }));
