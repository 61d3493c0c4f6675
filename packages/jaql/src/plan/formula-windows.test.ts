import type { JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { dims, formula, openTrades, trades } from '../testing/trades.ts';

let db: Awaited<ReturnType<typeof openTrades>>;
beforeAll(async () => {
  db = await openTrades();
});
afterAll(() => db.close());

const items = (...jaqls: object[]) => jaqls.map((jaql) => ({ jaql })) as unknown as JaqlItem[];
const total = { ...dims.amount, agg: 'sum' };
const count = formula('COUNT([id])');
const query = async (...jaqls: object[]) =>
  (await db.query({ metadata: items(...jaqls) })) as (string | number | null)[][];
const numbers = (values: readonly unknown[]) => values.map(Number);

describe('ranks', () => {
  const sizes = [...Map.groupBy(trades, ({ pieces }) => pieces)].map(
    ([pieces, own]) => [pieces, own.length] as const,
  );

  it.each([
    ['"1224"', (size: number, all: number[]) => 1 + all.filter((one) => one > size).length],
    ['"1334"', (size: number, all: number[]) => all.filter((one) => one >= size).length],
    ['1223', (size: number, all: number[]) => new Set(all.filter((one) => one >= size)).size],
  ])(verifies('DATA-1', 'of kind %s, in both directions'), async (kind, rankOf) => {
    // Halved, so that there are ties.
    const halved = 'FLOOR(COUNT([id]) / 4)';
    const all = sizes.map(([, size]) => Math.floor(size / 4));
    expect(new Set(all).size).toBeLessThan(all.length);
    for (const [pieces, rank] of await query(
      dims.pieces,
      formula(`RANK(${halved}, "DESC", ${kind})`),
    )) {
      const size = Math.floor(sizes.find(([one]) => one === pieces)![1] / 4);
      expect(rank).toBe(rankOf(size, all));
    }
    for (const [pieces, rank] of await query(
      dims.pieces,
      formula(`RANK(${halved}, asc, ${kind})`),
    )) {
      const size = Math.floor(sizes.find(([one]) => one === pieces)![1] / 4);
      expect(rank).toBe(
        rankOf(
          -size,
          all.map((one) => -one),
        ),
      );
    }
  });

  it(
    verifies(
      'DATA-1',
      'are 1224 and descending where nothing is said; 1234 counts on in the order of members',
    ),
    async () => {
      const rows = await query(
        dims.pieces,
        count,
        formula('RANK(COUNT([id]))'),
        formula('RANK(COUNT([id]) * 0, "1234")'),
      );
      const all = rows.map(([, size]) => Number(size));
      expect(rows.map(([, , rank]) => rank)).toEqual(
        all.map((size) => 1 + all.filter((one) => one > size).length),
      );
      expect(rows.map(([, , , rank]) => rank)).toEqual(all.map((_, index) => index + 1));
    },
  );

  it(verifies('DATA-1', 'start anew within groups, and leave out what has no value'), async () => {
    const rows = await query(
      dims.shop,
      dims.product,
      total,
      formula('RANK(SUM([amount]), "DESC", "1224", [shop])'),
    );
    for (const [shop, , value, rank] of rows) {
      const own = rows.filter(([one]) => one === shop).map(([, , one]) => Number(one));
      expect(rank).toBe(1 + own.filter((one) => one > Number(value)).length);
    }
    const none = await query(
      dims.pieces,
      formula('RANK(IF([n] > 45, [n], NULL))', { n: { ...dims.id, agg: 'count' } }),
      count,
    );
    for (const [, rank, size] of none) expect(rank === null).toBe(Number(size) <= 45);
    expect(none.some(([, rank]) => rank === 1)).toBe(true);
  });

  it(
    verifies('DATA-1', 'are taken before filters on measures: the first three are those of all'),
    async () => {
      const rank = formula('RANK(SUM([amount]))');
      const all = await query(dims.pieces, rank);
      const first = await query(dims.pieces, { ...rank, filter: { '<=': 3 } });
      expect(first).toEqual(all.filter(([, one]) => Number(one) <= 3));
    },
  );
});

describe('contribution', () => {
  it(verifies('DATA-1', 'is the part of all rows of the result'), async () => {
    const rows = await query(
      dims.shop,
      dims.product,
      total,
      formula('CONTRIBUTION(SUM([amount]))'),
    );
    const sum = numbers(rows.map(([, , value]) => value)).reduce((a, b) => a + b, 0);
    for (const [, , value, part] of rows) expect(part).toBeCloseTo(Number(value) / sum, 9);
    const filtered = await query(
      { ...dims.product, filter: { members: ['Axe', 'Bow'] } },
      formula('CONTRIBUTION(SUM([amount]))'),
    );
    expect(numbers(filtered.map(([, part]) => part)).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    const ranked = await query(
      { ...dims.product, filter: { top: 2, by: total } },
      formula('CONTRIBUTION(SUM([amount]))'),
    );
    expect(numbers(ranked.map(([, part]) => part)).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  });
});

describe('running sums and averages', () => {
  const running = (values: readonly number[]) =>
    values.map((_, index) => values.slice(0, index + 1).reduce((a, b) => a + b, 0));

  it(verifies('DATA-1', 'run in the order of the query'), async () => {
    for (const sort of ['asc', 'desc']) {
      const byKey = await query(
        { ...dims.product, sort },
        total,
        formula('RSUM(SUM([amount]))'),
        formula('RAVG(SUM([amount]))'),
      );
      const values = numbers(byKey.map(([, value]) => value));
      for (const [index, wanted] of running(values).entries()) {
        expect(byKey[index]![2]).toBeCloseTo(wanted, 6);
        expect(byKey[index]![3]).toBeCloseTo(wanted / (index + 1), 6);
      }
      const byValue = await query(
        dims.product,
        { ...total, sort },
        formula('RSUM(SUM([amount])) + 0'),
      );
      const sorted = numbers(byValue.map(([, value]) => value));
      for (const [index, wanted] of running(sorted).entries())
        expect(byValue[index]![2]).toBeCloseTo(wanted, 6);
    }
  });

  it(verifies('DATA-1', 'start anew in each outer group, unless they are to go on'), async () => {
    const rows = await query(
      dims.shop,
      dims.product,
      total,
      formula('RSUM(SUM([amount]))'),
      formula('RSUM(SUM([amount]), TRUE)'),
    );
    const going = running(numbers(rows.map(([, , value]) => value)));
    for (const [index, [shop, , , anew, on]] of rows.entries()) {
      const own = rows
        .slice(0, index + 1)
        .filter(([one]) => one === shop)
        .map(([, , value]) => Number(value));
      expect(anew).toBeCloseTo(
        own.reduce((a, b) => a + b, 0),
        6,
      );
      expect(on).toBeCloseTo(going[index]!, 6);
    }
  });

  it(verifies('DATA-1', 'combine with each other and with arithmetic'), async () => {
    const rows = await query(
      dims.product,
      total,
      formula('RSUM(CONTRIBUTION(SUM([amount]))) * 100'),
    );
    const values = numbers(rows.map(([, value]) => value));
    const sum = values.reduce((a, b) => a + b, 0);
    for (const [index, wanted] of running(values).entries()) {
      expect(rows[index]![2]).toBeCloseTo((100 * wanted) / sum, 6);
    }
  });

  it(verifies('DATA-1', 'stand inside of measured values, and of other passes'), async () => {
    const part = formula('(CONTRIBUTION(SUM([amount])), [axes])', {
      axes: { ...dims.product, filter: { members: ['Axe'] } },
    });
    const rows = await query(dims.shop, part);
    const axes = trades.filter(({ product }) => product === 'Axe');
    const sum = axes.reduce((all, { amount }) => all + (amount ?? 0), 0);
    for (const [shop, value] of rows) {
      const own = axes
        .filter((one) => one.shop === shop)
        .reduce((all, { amount }) => all + (amount ?? 0), 0);
      expect(value).toBeCloseTo(own / sum, 9);
    }
    const inner = await query(formula('MAX([product], RANK(SUM([amount])))'));
    expect(inner).toEqual([[4]]);
  });
});
