import type { AclRule, JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { compileQuery } from '../index.ts';
import { rule } from '../testing/sample-database.ts';
import { dims, formula, openTrades, products, trades, tradesContext } from '../testing/trades.ts';

/** A rule on the facts, and one on a dimension that restricts them. */
const rules: readonly AclRule[] = [
  rule('Trades', 'Shop', { members: ['East', 'North'] }),
  rule('Product', 'Line', { members: ['Home'], exclusionary: true }),
];
const lines = products.filter(({ line }) => line !== 'Home');
const allowed = trades.filter(
  ({ shop, product }) =>
    (shop === 'East' || shop === 'North') && lines.some(({ name }) => name === product),
);

let all: Awaited<ReturnType<typeof openTrades>>;
let copy: Awaited<ReturnType<typeof openTrades>>;
beforeAll(async () => {
  all = await openTrades();
  copy = await openTrades(allowed, lines);
});
afterAll(() => {
  all.close();
  copy.close();
});

const month = { ...dims.day, level: 'months' };
const context = {
  total: { ...dims.amount, agg: 'sum' },
  south: { ...dims.shop, filter: { members: ['South', 'East'] } },
  every: { ...dims.shop, filter: { all: true } },
  best: { ...dims.product, filter: { top: 1, by: { ...dims.amount, agg: 'sum' } } },
  month,
};
const items = (...jaqls: object[]) => jaqls.map((jaql) => ({ jaql })) as unknown as JaqlItem[];

/** Each of these reads more than the groups that it is shown in. */
const texts = [
  '(SUM([amount]), [south])',
  '(SUM([amount]), [every])',
  '(SUM([amount]), [best])',
  '(SUM([amount]), ALL([shop]))',
  '(SUM([amount]), ALL([shop]), ALL([product]), ALL([day]), ALL([line]))',
  '(COUNT([id]), NOW([month]))',
  'AVG([product], SUM([amount]))',
  'MAX([shop], AVG([product], [month], SUM([amount])))',
  'SUM([product], (SUM([amount]), ALL([shop])))',
  'CONTRIBUTION(SUM([amount]))',
  'RANK([total])',
  'RSUM([total], TRUE)',
  'COUNT([shop])',
];
const ofTime = [
  'PASTYEAR([total])',
  '(SUM([amount]), PREV([day]))',
  'YTDSUM([total])',
  'PASTYEAR(AVG([product], [total]))',
  'YTDSUM(MAX([shop], COUNT([id])))',
];
const cases: readonly [string, object[]][] = [
  ...texts.flatMap((text): [string, object[]][] => [
    [`${text} in all`, [formula(text, context)]],
    [`${text} by shop`, [dims.shop, formula(text, context)]],
    [`${text} by line`, [dims.line, formula(text, context)]],
  ]),
  ...ofTime.map((text): [string, object[]] => [
    `${text} by month`,
    [month, formula(text, context)],
  ]),
  ...texts.map((text): [string, object[]] => [
    `members ranked by ${text}`,
    [
      { ...dims.pieces, filter: { top: 4, by: formula(text, context) } },
      { ...dims.id, agg: 'count' },
    ],
  ]),
  [
    'a highlight by a ranking',
    [
      {
        ...dims.shop,
        in: { selected: { jaql: { ...dims.shop, filter: { top: 1, by: context.total } } } },
      },
    ],
  ],
];

describe('formulas under data security', () => {
  it.each(cases)(
    verifies('D-1 D-4 DATA-2', 'see nothing that the rules exclude: %s'),
    async (_text, jaqls) => {
      const query = { metadata: items(...jaqls) };
      const secured = await all.query(query, { rules });
      expect(secured).toEqual(await copy.query(query));
      expect(secured.length).toBeGreaterThan(0);
      const { text } = compileQuery(query, tradesContext({ rules }));
      // Every scan stands inside of the restriction of its own table.
      const scans = text.match(/"(?:trades|products)"/g) ?? [];
      const own = /\(SELECT \* FROM "(?:trades|products)" AS (t\d+) WHERE \(?\1\."(?:shop|line)"/g;
      expect(text.match(own)).toHaveLength(scans.length);
    },
  );

  it(verifies('D-4 DATA-2', 'have totals that see nothing more'), async () => {
    for (const jaqls of [[dims.shop, dims.product], [dims.line], [dims.pieces, dims.line]]) {
      const metadata = items(...jaqls, ...texts.map((text) => formula(text, context)));
      const totals = async (db: typeof all, restricted: readonly AclRule[]) => {
        const query = { metadata, grandTotals: true };
        const compiled = compileQuery(query, tradesContext({ rules: restricted }));
        return Promise.all((compiled.totals ?? []).map((total) => db.run(total)));
      };
      const secured = await totals(all, rules);
      expect(secured).toEqual(await totals(copy, []));
      expect(secured.length).toBe(jaqls.length);
    }
  });
});
