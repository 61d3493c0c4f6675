import type { JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { compileQuery } from '../index.ts';
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
const scope = (jaql: object) => ({ jaql, panel: 'scope' }) as unknown as JaqlItem;
const sum = (values: readonly (number | null)[]) => {
  const some = values.filter((one) => one !== null);
  return some.length === 0 ? null : some.reduce((a, b) => a + b, 0);
};
const mean = (values: readonly (number | null)[]) => {
  const some = values.filter((one) => one !== null);
  return some.length === 0 ? null : some.reduce((a, b) => a + b, 0) / some.length;
};
const amount = (some: readonly Trade[]) => sum(some.map((one) => one.amount));
const lineOf = ({ product }: Trade) => products.find(({ name }) => name === product)!.line;

/** Groups of the trades by a text, in the order of an answer: ascending, null last. */
function groups(by: (trade: Trade) => string | null, some = trades) {
  const all = [...Map.groupBy(some, by)];
  return all.toSorted(([a], [b]) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1));
}

/** What a formula gives in each group, against plain TypeScript. */
async function check(
  by: [object, (trade: Trade) => string | null],
  text: string,
  expected: (own: readonly Trade[], all: readonly Trade[]) => number | null,
  options: { context?: Record<string, object>; scope?: JaqlItem[]; of?: readonly Trade[] } = {},
) {
  const { context = {}, scope: restrictions = [], of = trades } = options;
  const rows = await db.query({
    metadata: [...items(by[0], formula(text, context)), ...restrictions],
  });
  const expectedRows = groups(by[1], of).map(([key, own]) => [key, expected(own, of)] as const);
  expect(rows.map(([key]) => key)).toEqual(expectedRows.map(([key]) => key));
  for (const [index, [, value]] of rows.entries()) {
    const wanted = expectedRows[index]![1];
    if (wanted === null) expect(value).toBe(null);
    else expect(value).toBeCloseTo(wanted, 6);
  }
}
const byShop: [object, (trade: Trade) => string | null] = [dims.shop, ({ shop }) => shop];
const byProduct: [object, (trade: Trade) => string | null] = [
  dims.product,
  ({ product }) => product,
];

const only = (field: object, filter: object) => ({ ...field, filter });
const axes = only(dims.product, { members: ['Axe'] });
const cheap = only(dims.price, { to: 20 });
const north = only(dims.shop, { members: ['North'] });

describe('measured values', () => {
  it(verifies('DATA-1', 'count only the rows that the filters keep'), async () => {
    await check(
      byShop,
      '(SUM([amount]), [axes])',
      (own) => amount(own.filter((one) => one.product === 'Axe')),
      {
        context: { axes },
      },
    );
    await check(
      byShop,
      '(SUM([amount]), [sport], [many]) / SUM([amount])',
      (own) => {
        const some = own.filter((one) => lineOf(one) === 'Sport' && one.pieces >= 5);
        const [part, whole] = [amount(some), amount(own)];
        return part === null || whole === null ? null : part / whole;
      },
      {
        context: {
          sport: only(dims.line, { members: ['Sport'] }),
          many: only(dims.pieces, { from: 5 }),
        },
      },
    );
  });

  it(
    verifies('DATA-1', 'put their filter in the place of the query’s own on the same field'),
    async () => {
      const shown = trades.filter(({ shop }) => shop === 'East');
      await check(
        byProduct,
        '(SUM([amount]), [north])',
        (own) =>
          amount(trades.filter((one) => one.shop === 'North' && one.product === own[0]!.product)),
        { context: { north }, scope: [scope(only(dims.shop, { members: ['East'] }))], of: shown },
      );
      const background = scope(only(dims.shop, { filter: { members: ['East'] } }));
      await check(byProduct, '(SUM([amount]), [north])', () => null, {
        context: { north },
        scope: [background],
        of: shown,
      });
    },
  );

  it(verifies('DATA-1', 'take filters that rank members'), async () => {
    const best = only(dims.product, { top: 1, by: { ...dims.amount, agg: 'sum' } });
    const top = groups(({ product }) => product)
      .map(([name, own]) => [name, amount(own) ?? 0] as const)
      .toSorted((a, b) => b[1] - a[1])[0]![0];
    await check(
      byShop,
      '(SUM([amount]), [best])',
      (own) => amount(own.filter((one) => one.product === top)),
      {
        context: { best },
      },
    );
  });

  it(verifies('DATA-1', 'are computed in the scan of the query itself'), () => {
    const metadata = items(
      dims.shop,
      formula('(SUM([amount]), [axes], [cheap]) / SUM([amount])', { axes, cheap }),
    );
    const { text } = compileQuery({ metadata }, tradesContext());
    expect(text.match(/"trades"/g)).toHaveLength(1);
    expect(text).not.toContain('WITH');
  });
});

describe('ALL', () => {
  it(verifies('DATA-1', 'takes a grouping away'), async () => {
    await check(byShop, 'SUM([amount]) / (SUM([amount]), ALL([shop]))', (own, all) => {
      const part = amount(own);
      return part === null ? null : part / amount(all)!;
    });
    const rows = await db.query({
      metadata: items(dims.shop, dims.product, formula('(SUM([amount]), ALL([product]))')),
    });
    for (const [shop, , value] of rows) {
      expect(value).toBeCloseTo(amount(trades.filter((one) => one.shop === shop))!, 6);
    }
    expect(rows.length).toBeGreaterThan(12);
  });

  it(verifies('DATA-1', 'takes the filters on its field away, but no background'), async () => {
    const some = trades.filter(({ product }) => product === 'Axe' || product === 'Bow');
    const filter = { members: ['Axe', 'Bow'] };
    await check(byProduct, '(SUM([amount]), ALL([product]))', () => amount(trades), {
      scope: [scope(only(dims.product, filter))],
      of: some,
    });
    await check(byProduct, '(SUM([amount]), ALL([product]))', () => amount(some), {
      scope: [scope(only(dims.product, { filter }))],
      of: some,
    });
    await check(
      byShop,
      '(SUM([amount]), ALL([product]))',
      (own) => amount(trades.filter((one) => one.shop === own[0]!.shop)),
      {
        scope: [scope(only(dims.product, filter))],
        of: some,
      },
    );
  });
});

describe('multi-pass aggregation', () => {
  const perProduct = (some: readonly Trade[]) =>
    groups(({ product }) => product, some).map(([, own]) => amount(own));

  it(verifies('DATA-1', 'aggregates what is computed for each of the inner groups'), async () => {
    await check(byShop, 'AVG([product], SUM([amount]))', (own) => mean(perProduct(own)));
    await check(byShop, 'MAX([product], SUM([amount])) - MIN([product], SUM([amount]))', (own) => {
      const all = perProduct(own).filter((one) => one !== null);
      return Math.max(...all) - Math.min(...all);
    });
    const whole = await db.query({ metadata: items(formula('SUM([product], MAX([amount]))')) });
    expect(whole).toHaveLength(1);
    expect(whole[0]![0]).toBeCloseTo(
      sum(
        groups(({ product }) => product).map(([, own]) =>
          Math.max(...own.map((one) => one.amount ?? -1e9)),
        ),
      )!,
      6,
    );
  });

  it(
    verifies('DATA-1', 'groups by several fields, by dates, and beside plain measures'),
    async () => {
      const month = { ...dims.day, level: 'months' };
      await check(
        byShop,
        'AVG([product], [month], SUM([amount])) / AVG([amount])',
        (own) => {
          const cells = groups(({ product, day }) => `${product} ${day?.slice(0, 7)}`, own);
          const [inner, plain] = [
            mean(cells.map(([, some]) => amount(some))),
            mean(own.map((one) => one.amount)),
          ];
          return inner === null || plain === null ? null : inner / plain;
        },
        { context: { month } },
      );
    },
  );

  it(verifies('DATA-1', 'nests to any depth, with percentiles and filters inside'), async () => {
    await check(byShop, 'MAX([product], AVG([pieces], SUM([amount])))', (own) => {
      const products = groups(({ product }) => product, own).map(([, some]) =>
        mean(groups(({ pieces }) => String(pieces), some).map(([, few]) => amount(few))),
      );
      return Math.max(...products.filter((one) => one !== null));
    });
    await check(
      byShop,
      'AVG([product], (SUM([amount]), [few]))',
      (own) =>
        mean(
          groups(({ product }) => product, own).map(([, some]) =>
            amount(some.filter((one) => one.pieces < 4)),
          ),
        ),
      { context: { few: only(dims.pieces, { '<': 4 }) } },
    );
  });
});

describe('nested formulas and measures', () => {
  const margin = {
    formula: '([total] - [cost]) / [total]',
    context: {
      '[total]': { ...dims.amount, agg: 'sum' },
      cost: formula('SUM([pieces]) * 2'),
    },
  };
  const expected = (own: readonly Trade[]) => {
    const total = amount(own)!;
    return (total - 2 * sum(own.map(({ pieces }) => pieces))!) / total;
  };

  it(verifies('DATA-1', 'stand for placeholders'), async () => {
    await check(byShop, '100 * [margin]', (own) => 100 * expected(own), { context: { margin } });
    await check(
      byShop,
      'AVG([product], [margin])',
      (own) => mean(groups(({ product }) => product, own).map(([, some]) => expected(some))),
      {
        context: { margin },
      },
    );
  });

  it(verifies('DATA-1', 'restrict, sort and rank like other measures'), async () => {
    const jaql = formula('SUM([amount]) / COUNT([id])');
    const shops = groups(({ shop }) => shop).map(
      ([shop, own]) => [shop, amount(own)! / own.length] as const,
    );
    const sorted = shops.toSorted((a, b) => b[1] - a[1]).map(([shop]) => shop);
    const query = (more: object, key: object = dims.shop) =>
      db.query({ metadata: items(key, { ...jaql, ...more }) });
    expect((await query({ sort: 'desc' })).map(([shop]) => shop)).toEqual(sorted);
    const limit = shops.map(([, one]) => one).toSorted((a, b) => a - b)[1]!;
    expect(
      (await query({ filter: { '>': limit + 1e-9 } })).map(([shop]) => shop).toSorted(),
    ).toEqual(
      shops
        .filter(([, one]) => one > limit + 1e-9)
        .map(([shop]) => shop)
        .toSorted(),
    );
    expect((await query({ filter: { top: 1 } })).map(([shop]) => shop)).toEqual(sorted.slice(0, 1));
    const named = sorted.filter((shop) => shop !== null);
    const top = await query({}, { ...dims.shop, filter: { top: 2, by: jaql } });
    expect(top.map(([shop]) => shop)).toEqual(named.slice(0, 2).toSorted());
    const beside = await db.query({
      metadata: items(dims.product, { ...dims.shop, filter: { bottom: 1, by: { jaql } } }),
    });
    expect([...new Set(beside.map(([, shop]) => shop))]).toEqual(named.slice(-1));
  });

  it(
    verifies('DATA-1', 'restrict where they are not shown, and as dashboard filters'),
    async () => {
      const large = {
        jaql: { ...formula('SUM([amount]) + 0'), filter: { from: 1e9 } },
      } as unknown as JaqlItem;
      const metadata = items(dims.shop);
      expect(await db.query({ metadata: [...metadata, { ...large, panel: 'scope' }] })).toEqual([]);
      expect(await db.query({ metadata }, { filters: [large] })).toEqual([]);
      expect(
        await db.query({ metadata }, { filters: [{ ...large, disabled: true }] }),
      ).toHaveLength(4);
    },
  );

  it(verifies('DATA-1', 'are described by their text, without a dim'), () => {
    const metadata = items(dims.shop, { ...formula('MAX([shop])'), title: 'Last' });
    const [, item] = compileQuery({ metadata }, tradesContext()).items;
    expect(item).toMatchObject({
      role: 'measure',
      jaql: { title: 'Last', datatype: 'text', formula: 'MAX([shop])' },
    });
    expect(item?.jaql).not.toHaveProperty('dim');
  });
});
