import type { AclRule, JaqlItem } from '@vitrine/claims';
import type { JaqlQuery, MembersRequest } from '@vitrine/jaql';
import fc from 'fast-check';
import { columnsOf, days, sizes, type TableName, tableNames, words } from './star-schema.ts';

/** A query, or a request for members, with dashboard filters. */
export interface Case {
  readonly query?: JaqlQuery;
  readonly members?: MembersRequest;
  readonly filters: readonly JaqlItem[];
}

const table = fc.oneof(
  { weight: 3, arbitrary: fc.constant<TableName>('sales') },
  { weight: 4, arbitrary: fc.constantFrom(...tableNames) },
);
const level = fc.constantFrom('years', 'quarters', 'months', 'weeks', 'days', 'hours');
const firstday = fc.constantFrom('mon', 'sun');
const some = <Item>(items: readonly Item[]) => fc.subarray([...items], { maxLength: 4 });

const fieldOf = (type: 'text' | 'numeric' | 'datetime') =>
  table.chain((name) =>
    fc.constantFrom(...columnsOf(name)[type]).map((column) => ({ dim: `[${name}.${column}]` })),
  );
const dated = fc
  .tuple(fieldOf('datetime'), level, firstday)
  .map(([field, of, first]) => ({ ...field, level: of, firstday: first }));
const dimension = fc.oneof(fieldOf('text'), fieldOf('numeric'), dated);

/** What DuckDB computes in one order of rows and another alike. */
const exact = ['sum', 'avg', 'min', 'max', 'median', 'count', 'countduplicates'];
const measure = fc.oneof(
  fc
    .tuple(fieldOf('numeric'), fc.constantFrom(...exact))
    .map(([field, agg]) => ({ ...field, agg })),
  fc.constantFrom(...exact).map((agg) => ({ dim: '[sales.size]', agg })),
  fc
    .tuple(fieldOf('text'), fc.constantFrom('count', 'max'))
    .map(([field, agg]) => ({ ...field, agg })),
);

const nested = (leaf: fc.Arbitrary<object>): fc.Arbitrary<object> =>
  fc.letrec<{ filter: object }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 2 },
      leaf,
      tie('filter').map((exclude) => ({ exclude })),
      fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((and) => ({ and })),
      fc.array(tie('filter'), { minLength: 1, maxLength: 3 }).map((or) => ({ or })),
    ),
  })).filter;

const textFilter = nested(
  fc.oneof(
    some(words).map((members) => ({ members })),
    fc
      .tuple(
        fc.constantFrom(
          'contains',
          'doesntContain',
          'startsWith',
          'endsWith',
          'equals',
          'doesntEqual',
          'like',
        ),
        fc.constantFrom(...words, 'a', '%', 'i_ch', '_'),
      )
      .map(([kind, value]) => ({ [kind]: value })),
  ),
);
const number = fc.constantFrom(...sizes, 4, 10);
const numberFilter = nested(
  fc.oneof(
    some(sizes).map((members) => ({ members })),
    fc
      .tuple(fc.constantFrom('from', 'to', '<', '>', 'equals', 'doesntEqual'), number)
      .map(([kind, value]) => ({ [kind]: value })),
    fc.tuple(number, number).map(([from, to]) => ({ from, to })),
  ),
);
const dateFilter = nested(
  fc.oneof(
    some(days).map((members) => ({ members })),
    fc
      .tuple(fc.constantFrom(...days), fc.constantFrom(...days))
      .map(([from, to]) => ({ from, to })),
    fc
      .tuple(
        fc.constantFrom('last', 'next'),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: -3, max: 3 }),
      )
      .map(([kind, count, offset]) => ({ [kind]: { count, offset } })),
  ),
);
/** Formulas over a measure `m`, fields `g` and `h`, a number `n` and a filter `f`, whose values are exact as well. */
const formulaTexts = [
  '[m] - 2 * COUNT([g])',
  'SUM([n]) / COUNT([g])',
  'SUM(IF([n] > 3, [n], 0)) + LARGEST([n], 2)',
  'MODE([g])',
  'IF([m] > 4, PERCENTILE([n], 0.5), NULL)',
  '([m], [f])',
  '([m], [f]) / ([m], ALL([g]))',
  '([m], [f], ALL([h]))',
  'MAX([g], [m])',
  'SUM([g], [h], [m]) - [m]',
  'MEDIAN([h], SUM([g], ([m], [f])))',
  'PASTYEAR([m])',
  'DIFFPASTQUARTER([m])',
  '([m], PREV([d]))',
  '([m], NOW([d]))',
  'YTDSUM([m])',
  'PASTYEAR(MAX([g], [m]))',
  'RANK([m], "ASC", "1334")',
  'CONTRIBUTION([m])',
  'RSUM([m])',
  'RAVG(([m], ALL([g])), TRUE)',
];
const formula = fc
  .record({
    text: fc.constantFrom(...formulaTexts),
    n: fc.oneof(fc.constant({ dim: '[sales.size]' }), fieldOf('numeric')),
    m: fc
      .tuple(fieldOf('numeric'), fc.constantFrom('sum', 'count', 'max', 'countduplicates'))
      .map(([field, agg]) => ({ ...field, agg })),
    g: dimension,
    h: dimension,
    d: dated,
    f: fc.oneof(
      fc.tuple(fieldOf('text'), textFilter).map(([field, filter]) => ({ ...field, filter })),
      fc.tuple(dated, dateFilter).map(([field, filter]) => ({ ...field, filter })),
    ),
  })
  .map(({ text, ...context }) => ({ formula: text, context }));

const ranking = fc
  .tuple(
    fc.constantFrom('top', 'bottom'),
    fc.integer({ min: 1, max: 4 }),
    fc.oneof({ weight: 4, arbitrary: measure }, { weight: 1, arbitrary: formula }),
  )
  .map(([direction, count, by]) => ({ [direction]: count, by }));

const scoped = (field: fc.Arbitrary<object>, filter: fc.Arbitrary<object>) =>
  fc
    .tuple(
      field,
      fc.oneof(
        filter,
        fc.tuple(filter, filter).map(([own, background]) => ({ and: [own], filter: background })),
      ),
    )
    .map(([jaql, of]) => ({ jaql: { ...jaql, filter: of } }) as JaqlItem);
const restriction = fc.oneof(
  scoped(
    fieldOf('text'),
    fc.oneof({ weight: 4, arbitrary: textFilter }, { weight: 1, arbitrary: ranking }),
  ),
  scoped(fieldOf('numeric'), numberFilter),
  scoped(dated, dateFilter),
);

const sort = fc.constantFrom({}, {}, { sort: 'asc' }, { sort: 'desc' });
const grouped = fc
  .record({
    dimensions: fc.array(fc.tuple(dimension, sort), { maxLength: 3 }),
    measures: fc.array(
      fc.tuple(
        fc.oneof({ weight: 3, arbitrary: measure }, { weight: 2, arbitrary: formula }),
        sort,
        fc.oneof(
          { weight: 4, arbitrary: fc.constant({}) },
          { weight: 1, arbitrary: number.map((from) => ({ filter: { from } })) },
        ),
      ),
      { maxLength: 2 },
    ),
    restrictions: fc.array(restriction, { maxLength: 2 }),
    ranked: fc.oneof(
      { weight: 3, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: ranking.map((filter) => ({ filter })) },
    ),
    page: fc.constantFrom({}, {}, { count: 3 }, { count: 5, offset: 2 }),
  })
  .filter(({ dimensions, measures }) => dimensions.length + measures.length > 0)
  .map(({ dimensions, measures, restrictions, ranked, page }): JaqlQuery => {
    const metadata = [
      ...dimensions.map(([field, order], index) => ({
        jaql: { ...field, ...order, ...(index === 0 ? ranked : {}) },
      })),
      ...measures.map(([of, order, filter]) => {
        const isText = 'formula' in of ? of.formula.startsWith('MODE') : of.agg === 'max';
        return { jaql: { ...of, ...order, ...(isText ? {} : filter) } };
      }),
      ...restrictions.map((item) => ({ ...item, panel: 'scope' })),
    ];
    return { metadata: metadata as JaqlItem[], ...page };
  });
const raw = fc
  .tuple(
    fc.array(dimension, { minLength: 1, maxLength: 3 }),
    fc.array(restriction, { maxLength: 2 }),
  )
  .map(([dimensions, restrictions]): JaqlQuery => {
    const metadata = [
      ...dimensions.map((jaql) => ({ jaql })),
      ...restrictions.map((item) => ({ ...item, panel: 'scope' })),
    ];
    return { metadata: metadata as JaqlItem[], ungroup: true };
  });
const membersRequest = fc
  .tuple(dimension, fc.constantFrom({}, { term: 'A' }, { term: '1' }, { count: 3, offset: 1 }))
  .map(([field, more]): MembersRequest => ({ ...field, ...more }));

/** Any query that the language of today can say over the star. */
export const arbitraryCase: fc.Arbitrary<Case> = fc
  .tuple(
    fc.oneof(
      { weight: 6, arbitrary: grouped.map((query) => ({ query })) },
      { weight: 1, arbitrary: raw.map((query) => ({ query })) },
      { weight: 1, arbitrary: membersRequest.map((members) => ({ members })) },
    ),
    fc.array(restriction, { maxLength: 1 }),
  )
  .map(([asked, filters]) => ({ ...asked, filters }));

const ruleOn = (column: 'word' | 'size' | 'day', values: readonly (string | number)[]) =>
  fc
    .tuple(
      fc.constantFrom(...tableNames),
      fc.oneof(
        { weight: 12, arbitrary: fc.subarray([...values], { minLength: 2, maxLength: 6 }) },
        { weight: 1, arbitrary: fc.constant([]) },
      ),
      fc.boolean(),
      fc.constantFrom(null, null, null, true),
    )
    .map(
      ([name, members, exclusionary, allMembers]): AclRule => ({
        dataSourceTitle: 'Star',
        table: name,
        column,
        members,
        exclusionary,
        allMembers: exclusionary ? null : allMembers,
      }),
    );

/** Rules of one data source, one to three of them. */
export const arbitraryRules: fc.Arbitrary<readonly AclRule[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: ruleOn('word', words) },
    { weight: 2, arbitrary: ruleOn('size', sizes) },
    {
      weight: 1,
      arbitrary: ruleOn(
        'day',
        days.map((day) => `${day}T00:00:00`),
      ),
    },
  ),
  { minLength: 1, maxLength: 3 },
);
