import type { JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type CompileContext, compileQuery } from '../index.ts';
import { rule } from '../testing/sample-database.ts';
import {
  dims,
  formula,
  openTrades,
  products,
  type Trade,
  trades,
  tradesContext,
} from '../testing/trades.ts';

let db: Awaited<ReturnType<typeof openTrades>>;
beforeAll(async () => {
  db = await openTrades();
});
afterAll(() => db.close());

const items = (...jaqls: object[]) => jaqls.map((jaql) => ({ jaql })) as unknown as JaqlItem[];
const total = { ...dims.amount, agg: 'sum' };
const distinct = { ...dims.pieces, agg: 'count' };

/** The totals of a query, their cells in the order of its items. */
async function totals(
  metadata: JaqlItem[],
  more: object = {},
  context: Partial<CompileContext> = {},
) {
  const compiled = compileQuery({ metadata, grandTotals: true, ...more }, tradesContext(context));
  const all = [];
  for (const { by, across, title, cells, ...statement } of compiled.totals ?? []) {
    const rows = await db.run(statement);
    const placed = rows.map((row) =>
      cells.map((cell) => (cell === undefined ? undefined : row[cell])),
    );
    const named = { ...(across === undefined ? {} : { across }), ...(title ? { title } : {}) };
    all.push({ by, ...named, rows: placed });
  }
  return all;
}
const amount = (some: readonly Trade[]) => some.reduce((sum, one) => sum + (one.amount ?? 0), 0);
const pieces = (some: readonly Trade[]) => new Set(some.map((one) => one.pieces)).size;
const shops = ['East', 'North', 'South', null];
const ofShop = (shop: string | null, some = trades) => some.filter((one) => one.shop === shop);

describe('totals', () => {
  it(
    verifies('DATA-1', 'are computed anew for the whole and for each leading part of the grouping'),
    async () => {
      const [grand, byShop, ...others] = await totals(
        items(dims.shop, dims.product, total, distinct),
      );
      expect(others).toEqual([]);
      expect(grand).toEqual({
        by: 0,
        rows: [[undefined, undefined, expect.closeTo(amount(trades), 6), pieces(trades)]],
      });
      expect(byShop).toEqual({
        by: 1,
        rows: shops.map((shop) => [
          shop,
          undefined,
          expect.closeTo(amount(ofShop(shop)), 6),
          pieces(ofShop(shop)),
        ]),
      });
    },
  );

  it(verifies('DATA-1', 'can be the grand total alone, and carry a title'), async () => {
    const grandTotals = { title: 'All', subtotals: false };
    const [grand, ...others] = await totals(items(dims.shop, dims.product, total), { grandTotals });
    expect(grand).toMatchObject({ by: 0, title: 'All' });
    expect(others).toEqual([]);
    expect(await totals(items(dims.shop, total), { grandTotals: false })).toEqual([]);
    expect(await totals(items(dims.shop))).toEqual([]);
    expect(await totals(items(total))).toEqual([]);
  });

  it(
    verifies(
      'DATA-1 D-4',
      'see what rules, filters on fields and rankings of members leave, whatever page is shown',
    ),
    async () => {
      const rules = [rule('Trades', 'Shop', { members: ['East', 'North'] })];
      const allowed = trades.filter(({ shop }) => shop === 'East' || shop === 'North');
      const metadata = [
        ...items({ ...dims.shop, filter: { members: ['East', 'South'] } }, dims.product, total),
      ];
      const east = amount(ofShop('East', allowed));
      expect(await totals(metadata, { count: 1, offset: 1 }, { rules })).toEqual([
        { by: 0, rows: [[undefined, undefined, expect.closeTo(east, 6)]] },
        { by: 1, rows: [['East', undefined, expect.closeTo(east, 6)]] },
      ]);
      const best = products
        .map(({ name }) => amount(trades.filter(({ product }) => product === name)))
        .toSorted((a, b) => b - a);
      const [top] = await totals(items({ ...dims.product, filter: { top: 2, by: total } }, total));
      expect(top?.rows).toEqual([[undefined, expect.closeTo(best[0]! + best[1]!, 6)]]);
    },
  );

  it(
    verifies('DATA-1', 'are not narrowed by filters and rankings of the groups that are shown'),
    async () => {
      for (const filter of [{ from: 1e12 }, { top: 1 }]) {
        const [grand] = await totals(items(dims.shop, { ...total, filter }));
        expect(grand?.rows).toEqual([[undefined, expect.closeTo(amount(trades), 6)]]);
      }
    },
  );

  it(
    verifies(
      'DATA-1',
      'of formulas are computed from the whole; what counts on a missing date has none',
    ),
    async () => {
      const month = { ...dims.day, level: 'months' };
      const ratio = formula('[total] / COUNT([id])', { total });
      const all = await totals(
        items(dims.shop, month, ratio, formula('PASTYEAR([total])', { total })),
      );
      expect(all[0]?.rows).toEqual([
        [undefined, undefined, expect.closeTo(amount(trades) / trades.length, 6), undefined],
      ]);
      expect(all[1]?.rows).toEqual(
        shops.map((shop) => [
          shop,
          undefined,
          expect.closeTo(amount(ofShop(shop)) / ofShop(shop).length, 6),
          undefined,
        ]),
      );
      expect(
        await totals(items(dims.shop, month, formula('PASTYEAR([total])', { total }))),
      ).toEqual([]);
    },
  );

  it(verifies('DATA-1', 'are sorted as their query is'), async () => {
    const [, byShop] = await totals(items({ ...dims.shop, sort: 'desc' }, dims.product, total));
    expect(byShop?.rows.map(([shop]) => shop)).toEqual(['South', 'North', 'East', null]);
    const [, byTotal] = await totals(items(dims.shop, dims.product, { ...total, sort: 'asc' }));
    const sums = byTotal?.rows.map(([, , sum]) => Number(sum)) ?? [];
    expect(sums).toEqual(sums.toSorted((a, b) => a - b));
  });

  const year = { ...dims.day, level: 'years' };
  const across = { jaql: year, panel: 'columns' } as unknown as JaqlItem;
  const rows = (...jaqls: object[]) => items(...jaqls).map((item) => ({ ...item, panel: 'rows' }));
  const levels = [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
    [2, 0],
  ] as const;
  const yearOf = ({ day }: Trade) => (day === null ? null : `${day.slice(0, 4)}-01-01 00:00:00`);
  /** Trades in the groups of a total: by shop, then by product, and by year across. */
  const groupsOf = (some: readonly Trade[], by: number, second: number) => {
    const keysOf = (one: Trade) => [
      by > 0 ? one.shop : undefined,
      by > 1 ? one.product : undefined,
      second > 0 ? yearOf(one) : undefined,
    ];
    const groups = Map.groupBy(some, (one) => JSON.stringify(keysOf(one).map((key) => key ?? '~')));
    return [...groups]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([, own]) => ({ keys: keysOf(own[0]!), own }));
  };
  const median = (some: readonly Trade[]) => {
    const sorted = some.flatMap((one) => one.amount ?? []).toSorted((a, b) => a - b);
    const at = (sorted.length - 1) / 2;
    return sorted.length === 0 ? null : (sorted[Math.floor(at)]! + sorted[Math.ceil(at)]!) / 2;
  };
  const sum = (some: readonly Trade[]) =>
    some.every((one) => one.amount === null) ? null : amount(some);
  const perDay = (some: readonly Trade[]) => {
    const sums = [...Map.groupBy(some, (one) => one.pieces).values()].flatMap(
      (own) => sum(own) ?? [],
    );
    return sums.length === 0 ? null : Math.max(...sums);
  };
  const close = (value: number | null) => (value === null ? null : expect.closeTo(value, 6));
  const measures = [
    ...[
      total,
      distinct,
      { ...dims.amount, agg: 'median' },
      formula('MAX([pieces], [total])', { total }),
    ],
    formula('CONTRIBUTION([total])', { total }),
  ];

  it(
    verifies('DATA-1 D-4', 'of a pivot are there for its rows, for its columns, and for both'),
    async () => {
      const rules = [rule('Trades', 'Pieces', { members: [1, 2, 3, 4, 5] })];
      const kept = trades.filter((one) => one.pieces >= 1 && one.pieces <= 5);
      const metadata = [
        ...rows(
          { ...dims.shop, filter: { exclude: { members: ['South'] } } },
          { ...dims.product, filter: { top: 3, by: total } },
        ),
        across,
        // Neither of these chooses what a total is of.
        ...items({ ...total, filter: { from: 100 } }, ...measures.slice(1)),
      ];
      const inShops = kept.filter(({ shop }) => shop !== 'South');
      const best = products
        .map(
          ({ name }) => [name, amount(inShops.filter(({ product }) => product === name))] as const,
        )
        .toSorted(([, a], [, b]) => b - a)
        .slice(0, 3)
        .map(([name]) => name);
      const counted = inShops.filter(({ product }) => best.includes(product));
      const answer = await totals(metadata, {}, { rules });
      expect(answer.map(({ by, across: second }) => [by, second])).toEqual(levels);
      for (const [place, [by, second]] of levels.entries()) {
        const groups = groupsOf(counted, by, second);
        const whole = sum(counted) ?? 0;
        expect(answer[place]?.rows).toEqual(
          groups.map(({ keys, own }) => [
            ...keys,
            ...[close(sum(own)), pieces(own), close(median(own)), close(perDay(own))],
            close(sum(own) === null ? null : sum(own)! / whole),
          ]),
        );
      }
    },
  );

  it(verifies('DATA-1', 'of a pivot without subtotals are its last row and column'), async () => {
    const metadata = [...rows(dims.shop, dims.product), across, ...items(total)];
    const answer = await totals(metadata, { grandTotals: { subtotals: false } });
    expect(answer.map(({ by, across: second }) => [by, second])).toEqual([
      [0, 0],
      [0, 1],
      [2, 0],
    ]);
    // A table has all of its items in the panel of that name.
    const table = items(dims.shop, dims.product, total).map((item) => ({
      ...item,
      panel: 'columns',
    }));
    expect((await totals(table)).map((one) => [one.by, one.across])).toEqual([
      [0, undefined],
      [1, undefined],
    ]);
  });

  it.each([
    [{ grandTotals: 'yes' }, 'query_invalid', '/grandTotals'],
    [{ grandTotals: { title: 1 } }, 'query_invalid', '/grandTotals/title'],
    [{ grandTotals: { subtotals: 1 } }, 'query_invalid', '/grandTotals/subtotals'],
    [{ grandTotals: { rows: true } }, 'query_unsupported', '/grandTotals/rows'],
    [{ ungroup: true }, 'query_invalid', '/grandTotals'],
  ])(verifies('DATA-1', 'are refused: %j'), async (more, code, pointer) => {
    await expect(totals(items(dims.shop), more)).rejects.toMatchObject({ code, pointer });
  });
});
