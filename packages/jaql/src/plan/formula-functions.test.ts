import type { JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { formula, openTrades, products, type Trade, trades } from '../testing/trades.ts';

let db: Awaited<ReturnType<typeof openTrades>>;
beforeAll(async () => {
  db = await openTrades();
});
afterAll(() => db.close());

const items = (...jaqls: object[]) => jaqls.map((jaql) => ({ jaql })) as unknown as JaqlItem[];
const value = async (text: string, more: Readonly<Record<string, object>> = {}) => {
  const rows = await db.query({ metadata: items(formula(text, more)) });
  expect(rows).toHaveLength(1);
  return rows[0]?.[0];
};
const expectValue = async (text: string, expected: number | string | null) => {
  const found = await value(text);
  if (typeof expected === 'number') expect(found).toBeCloseTo(expected, 9);
  else expect(found).toBe(expected);
};

const present = <Value>(values: readonly (Value | null)[]) =>
  values.filter((one): one is Value => one !== null);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const amounts = present(trades.map(({ amount }) => amount));
const sorted = amounts.toSorted((a, b) => a - b);
const mean = sum(amounts) / amounts.length;
const squares = sum(amounts.map((one) => (one - mean) ** 2));
const percentile = (fraction: number) => {
  const place = (sorted.length - 1) * fraction;
  const [low, high] = [Math.floor(place), Math.ceil(place)];
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (place - low);
};
const mostFrequent = <Value extends string | number>(values: readonly Value[]) => {
  const counts = [...Map.groupBy(values, (one) => one)].map(
    ([one, all]) => [one, all.length] as const,
  );
  const most = Math.max(...counts.map(([, count]) => count));
  return counts
    .filter(([, count]) => count === most)
    .map(([one]) => one)
    .sort((a, b) => (a < b ? -1 : 1))[0]!;
};
const pieces = trades.map((trade) => trade.pieces);
const total = sum(amounts);

describe('aggregations', () => {
  it.each([
    ['SUM([amount])', total],
    ['avg([amount])', mean],
    ['Min([amount])', sorted[0]!],
    ['MAX([amount])', sorted.at(-1)!],
    ['COUNT([amount])', new Set(amounts).size],
    ['DUPCOUNT([amount])', trades.length],
    ['MEDIAN([amount])', percentile(0.5)],
    ['MODE([pieces])', mostFrequent(pieces)],
    ['MODE([product])', mostFrequent(trades.map(({ product }) => product))],
    ['STDEV([amount])', Math.sqrt(squares / (amounts.length - 1))],
    ['STDEVP([amount])', Math.sqrt(squares / amounts.length)],
    ['VAR([amount])', squares / (amounts.length - 1)],
    ['VARP([amount])', squares / amounts.length],
    ['PERCENTILE([amount], 0)', sorted[0]!],
    ['PERCENTILE([amount], 0.9)', percentile(0.9)],
    ['PERCENTILE([amount], 1)', sorted.at(-1)!],
    ['QUARTILE([amount], 0)', sorted[0]!],
    ['QUARTILE([amount], 1)', percentile(0.25)],
    ['QUARTILE([amount], 3)', percentile(0.75)],
    ['LARGEST([amount], 1)', sorted.at(-1)!],
    ['LARGEST([amount], 7)', sorted.at(-7)!],
    ['LARGEST([amount], 10000)', null],
    ['MIN([shop])', 'East'],
    ['MAX([shop])', 'South'],
    ['COUNT([shop])', 3],
    ['SUM([amount] * [pieces])', sum(trades.map((one) => (one.amount ?? 0) * one.pieces))],
    [
      'SUM(IF([pieces] > 4, [amount], 0))',
      sum(trades.map((one) => (one.pieces > 4 ? (one.amount ?? 0) : 0))),
    ],
    [
      'SUM([pieces] * [price])',
      sum(
        trades.map((one) => one.pieces * products.find(({ name }) => name === one.product)!.price),
      ),
    ],
  ])(verifies('DATA-1', '%s'), expectValue);

  it(verifies('DATA-1', 'aggregate within groups'), async () => {
    const rows = await db.query({
      metadata: items(
        { dim: '[Trades.Product]' },
        formula('SUM([amount]) / SUM([pieces])'),
        formula('mode([pieces])'),
      ),
    });
    expect(rows).toHaveLength(products.length);
    for (const [product, ratio, mode] of rows) {
      const own = trades.filter((trade) => trade.product === product);
      expect(ratio).toBeCloseTo(
        sum(own.map(({ amount }) => amount ?? 0)) / sum(own.map((one) => one.pieces)),
        9,
      );
      expect(mode).toBe(mostFrequent(own.map((one) => one.pieces)));
    }
  });
});

describe('arithmetic and functions', () => {
  const a = total;
  it.each([
    ['SUM([amount]) + 1 - 2 * 3', a - 5],
    ['(SUM([amount]) + 1) * 2', (a + 1) * 2],
    ['-SUM([amount]) / 4', -a / 4],
    ['1 / 3 + SUM([amount]) * 0', 1 / 3],
    ['SUM([amount]) / 0', null],
    ['SUM([amount]) / (COUNT([shop]) - 3)', null],
    ['ABS(-SUM([amount]))', Math.abs(a)],
    ['CEILING(SUM([amount]) / 7)', Math.ceil(a / 7)],
    ['FLOOR(-SUM([amount]) / 7)', Math.floor(-a / 7)],
    ['ROUND(SUM([amount]) / 7)', Math.round(a / 7)],
    ['ROUND(SUM([amount]) / 7, 2)', Math.round((a / 7) * 100) / 100],
    ['ROUND(SUM([amount]), -3)', Math.round(a / 1000) * 1000],
    ['ROUND(COUNT([shop]) - 0.5)', 3],
    ['ROUND(0.5 - COUNT([shop]))', -3],
    ['MOD(SUM([amount]), 7)', a % 7],
    ['MOD(-SUM([amount]), 7.5)', -a % 7.5],
    ['MOD(SUM([amount]), 0)', null],
    ['POWER(COUNT([shop]), 4)', 81],
    ['POWER(-COUNT([shop]), 3)', -27],
    ['POWER(COUNT([shop]), -2)', 1 / 9],
    ['POWER(-COUNT([shop]), 0.5)', null],
    ['POWER(COUNT([shop]) - 3, 0)', 1],
    ['POWER(COUNT([shop]) - 3, 2)', 0],
    ['POWER(COUNT([shop]) - 3, -1)', null],
    ['POWER(COUNT([shop]), 9999)', null],
    ['POWER(COUNT([shop]), -9999)', 0],
    ['SQRT(COUNT([shop]))', Math.sqrt(3)],
    ['SQRT(COUNT([shop]) - 3)', 0],
    ['SQRT(-COUNT([shop]))', null],
    ['LN(COUNT([shop]))', Math.log(3)],
    ['LN(COUNT([shop]) - 3)', null],
    ['LN(-COUNT([shop]))', null],
    ['LOG10(COUNT([shop]))', Math.log10(3)],
    ['LOG10(0 - COUNT([shop]))', null],
    ['EXP(COUNT([shop]))', Math.exp(3)],
    ['EXP(1000 * COUNT([shop]))', null],
    ['EXP(-1000 * COUNT([shop]))', 0],
  ])(verifies('DATA-1', '%s'), expectValue);

  it.each([
    ['IF(COUNT([shop]) = 3, 1, 2)', 1],
    ['IF(COUNT([shop]) <> 3, 1, 2)', 2],
    ['IF(COUNT([shop]) > 3, 1)', null],
    ['IF(COUNT([shop]) >= 3, "yes", "no")', 'yes'],
    ['IF(MIN([shop]) = "East", "it\'s", "no")', "it's"],
    ['IF(SUM([amount]) / 0 > 1, 1, 2)', 2],
    ['IF(NOT SUM([amount]) / 0 > 1, 1, 2)', 2],
    ['IF(TRUE, COUNT([shop]), NULL)', 3],
    ['IF(ISNULL(SUM([amount]) / 0), -1, 1)', -1],
    ['IF(ISNULL(SUM([amount])), -1, 1)', 1],
    ['IF(COUNT([shop]) = 3 AND COUNT([product]) = 4 OR FALSE, 1, 2)', 1],
    ['IF(NOT (COUNT([shop]) = 3 OR COUNT([product]) = 4), 1, 2)', 2],
    ['CASE WHEN COUNT([shop]) < 3 THEN 1 WHEN COUNT([shop]) < 4 THEN 2 ELSE 3 END', 2],
    ['CASE WHEN COUNT([shop]) < 3 THEN 1 END', null],
    ['IF(MAX([day]) > MIN([day]), 1, 0)', 1],
  ])(verifies('DATA-1', '%s'), expectValue);
});

describe('differences of dates', () => {
  const both = trades.filter(({ day, shipped }) => day !== null && shipped !== null);
  const of = ({ day, shipped }: Trade) => [new Date(`${day}Z`), new Date(`${shipped}Z`)] as const;
  const average = (count: (start: Date, end: Date) => number) =>
    sum(both.map((trade) => count(...of(trade)))) / both.length;
  const months = (date: Date) => date.getUTCFullYear() * 12 + date.getUTCMonth();
  const per = (length: number) => (start: Date, end: Date) =>
    Math.floor(end.getTime() / length) - Math.floor(start.getTime() / length);

  it.each([
    ['SDIFF', average(per(1_000))],
    ['MNDIFF', average(per(60_000))],
    ['HDIFF', average(per(3_600_000))],
    ['DDIFF', average(per(86_400_000))],
    ['MDIFF', average((start, end) => months(end) - months(start))],
    ['QDIFF', average((start, end) => Math.floor(months(end) / 3) - Math.floor(months(start) / 3))],
    ['YDIFF', average((start, end) => end.getUTCFullYear() - start.getUTCFullYear())],
  ])(verifies('DATA-1', 'counts in %s, in rows and in groups'), async (name, expected) => {
    await expectValue(`AVG(${name}([shipped], [day]))`, expected);
    await expectValue(`AVG(${name}([day], [shipped]))`, -expected);
    const last = new Date(
      `${trades
        .map(({ day }) => day ?? '')
        .sort()
        .at(-1)}Z`,
    );
    const first = new Date(`${present(trades.map(({ day }) => day)).sort()[0]}Z`);
    if (name === 'DDIFF')
      await expectValue('DDIFF(MAX([day]), MIN([day]))', per(86_400_000)(first, last));
  });
});
