import type { AclRule, JaqlItem } from '@vitrine/claims';
import type { MembersRequest } from '@vitrine/jaql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineNames } from '../harness/three-engines.ts';
import { verifies } from '../verifies.ts';
import { agreedAnswer, isSame } from './agreement.ts';
import type { Case } from './arbitrary-query.ts';
import { openStar, type StarEngines } from './star-engines.ts';
import { tableNames, words } from './star-schema.ts';

/** One rule on each table, and two at once, so that each function is asked through every kind of relation. */
const ruleSets: readonly (readonly AclRule[])[] = [
  ...tableNames.map((table, index) => [
    {
      ...{ dataSourceTitle: 'Star', table, column: 'word' },
      members: words.slice(index, index + 9),
      exclusionary: index % 2 === 1,
    },
  ]),
  [
    { dataSourceTitle: 'Star', table: 'sales', column: 'size', members: [0, 1, 2, 3] },
    { dataSourceTitle: 'Star', table: 'customer', column: 'word', members: words.slice(0, 10) },
  ],
];

const price = { dim: '[sales.price]' };
const byWord = { dim: '[product.word]' };
const grouped = (...jaqls: object[]): Case => ({
  query: { metadata: jaqls.map((jaql) => ({ jaql })) as JaqlItem[] },
  filters: [],
});
const members = (request: MembersRequest): Case => ({ members: request, filters: [] });
const top = { top: 2, by: { ...price, agg: 'sum' } };
const aggregations = [
  ...['sum', 'avg', 'min', 'max', 'median', 'stdev', 'stdevp', 'var', 'varp'],
  ...['count', 'countduplicates'],
];
const formulas = {
  'part of the total': 'CONTRIBUTION([m])',
  rank: 'RANK([m], "DESC", "1224")',
  'running sum': 'RSUM([m])',
  'running average': 'RAVG([m])',
  'part of all': '[m] / ([m], ALL([g]))',
  'measured value': '([m], [f])',
  'average of sums': 'AVG([h], [m])',
  'several of the same groups': 'MIN([h], [m]) + MAX([h], COUNT([n]) - [m]) + MAX([h], [m])',
  percentile: 'PERCENTILE([n], 0.9)',
  quartile: 'QUARTILE([n], 1)',
  'second largest': 'LARGEST([n], 2)',
  'most frequent': 'MODE([w])',
};
const context = {
  m: { ...price, agg: 'sum' },
  n: price,
  g: byWord,
  h: { dim: '[customer.word]' },
  w: { dim: '[sales.word]' },
  f: { dim: '[region.word]', filter: { exclude: { members: ['Ash'] } } },
};
const formulaOf = (text: string) => ({
  formula: text,
  context: Object.fromEntries(Object.entries(context).filter(([id]) => text.includes(`[${id}]`))),
});
const month = { dim: '[sales.day]', level: 'months' };
const functions: readonly (readonly [string, Case])[] = [
  [
    'totals',
    {
      query: {
        metadata: [byWord, { dim: '[shop.word]' }, { ...price, agg: 'avg' }].map((jaql) => ({
          jaql,
        })) as JaqlItem[],
        grandTotals: true,
      },
      filters: [],
    },
  ],
  ...Object.entries(formulas).map(
    ([name, text]) => [name, grouped(byWord, formulaOf(text))] as const,
  ),
  ...['PASTMONTH([m])', 'GROWTH([m])', 'YTDSUM([m])'].map(
    (text) => [text, grouped(month, formulaOf(text))] as const,
  ),
  ...aggregations.map((agg) => [agg, grouped({ dim: '[sales.size]' }, { ...price, agg })] as const),
  [
    'first and last date',
    grouped(byWord, ...['min', 'max'].map((agg) => ({ dim: '[sales.day]', agg }))),
  ],
  ['years', grouped({ dim: '[sales.day]', level: 'years' }, { ...price, agg: 'sum' })],
  [
    'weeks',
    grouped({ dim: '[sales.day]', level: 'weeks', firstday: 'sun' }, { ...price, agg: 'sum' }),
  ],
  ['members ranked by a measure', grouped({ ...byWord, filter: top }, { ...price, agg: 'sum' })],
  [
    'all but the members ranked',
    grouped({ ...byWord, filter: { exclude: top } }, { ...price, agg: 'avg' }),
  ],
  [
    'a ranking on another table',
    {
      query: { metadata: [{ jaql: { ...price, agg: 'sum' } }] },
      filters: [
        { jaql: { dim: '[shop.word]', filter: { bottom: 2, by: { ...price, agg: 'avg' } } } },
      ],
    } as Case,
  ],
  ['rows ranked by a measure', grouped(byWord, { ...price, agg: 'sum', filter: { top: 3 } })],
  [
    'a filter after aggregation',
    grouped(byWord, { ...price, agg: 'countduplicates', filter: { from: 4 } }),
  ],
  [
    'a page of an order',
    { ...grouped(byWord, { ...price, agg: 'avg', sort: 'desc' }), filters: [] },
  ],
  [
    'marked members',
    grouped(
      { ...byWord, in: { selected: { jaql: { ...byWord, filter: { members: ['Ash', 'ash'] } } } } },
      { ...price, agg: 'sum' },
    ),
  ],
  ['members of a filter', members({ dim: '[sales.word]' })],
  ['members of dates', members({ dim: '[customer.day]', level: 'minutes' })],
  ['members that hold a term', members({ dim: '[customer.word]', term: 'a' })],
  [
    'members below others',
    members({
      dim: '[shop.word]',
      filters: [{ jaql: { dim: '[region.word]', filter: { exclude: { members: ['Ash'] } } } }],
    }),
  ],
];

let star: StarEngines;
beforeAll(async () => {
  star = await openStar(ruleSets);
});
afterAll(() => star.close());

describe('what is computed', () => {
  it('is of at least 20 functions', () => {
    expect(new Set(functions.map(([name]) => name)).size).toBeGreaterThanOrEqual(20);
  });

  it.each(functions)(
    verifies('D-4 DATA-2 DATA-3', '%s: of allowed rows alone, the same on every engine'),
    async (_name, asked) => {
      const open = await star.secured('duckdb', asked, []);
      let telling = 0;
      for (const index of ruleSets.keys()) {
        const answer = await agreedAnswer(star, asked, ruleSets, index);
        expect(answer).toHaveProperty('rows');
        if (!isSame(answer, open)) telling += 1;
      }
      expect(telling).toBeGreaterThanOrEqual(1);
    },
  );

  it.each(engineNames)(
    verifies('D-4', 'lists only allowed members of a ruled column on %s'),
    async (engine) => {
      const allowed = ['Ash', 'Birch', '日本'];
      const rules = [{ dataSourceTitle: 'Star', table: 'sales', column: 'word', members: allowed }];
      for (const request of [{ dim: '[sales.word]' }, { dim: '[sales.word]', term: 'sh' }]) {
        const answer = await star.secured(engine, members(request), rules);
        const rows = 'rows' in answer ? answer.rows.flat() : [];
        expect(rows.length).toBeGreaterThan(0);
        expect(allowed).toEqual(expect.arrayContaining(rows));
      }
    },
  );
});
