import type { JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { compileQuery } from '../index.ts';
import { type Level, move, startOf } from '../testing/calendar.ts';
import { dims, formula, openTrades, type Trade, trades, tradesContext } from '../testing/trades.ts';

let db: Awaited<ReturnType<typeof openTrades>>;
beforeAll(async () => {
  db = await openTrades();
});
afterAll(() => db.close());

const items = (...jaqls: object[]) => jaqls.map((jaql) => ({ jaql })) as unknown as JaqlItem[];
const scope = (jaql: object) => ({ jaql, panel: 'scope' }) as unknown as JaqlItem;
const date = (level: string, more: object = {}) => ({ ...dims.day, level, ...more });
const amount = (some: readonly Trade[]) => {
  const values = some.flatMap((one) => (one.amount === null ? [] : [one.amount]));
  return values.length === 0 ? null : values.reduce((a, b) => a + b, 0);
};

const dated = trades.filter((one): one is Trade & { day: string } => one.day !== null);
const periods = (level: Level, some = dated) =>
  new Map(
    [...Map.groupBy(some, ({ day }) => startOf(day, level))].map(([start, own]) => [
      start,
      amount(own),
    ]),
  );

/** Rows of a formula by periods, against what each period is to give. */
async function check(
  level: Level,
  text: string,
  expected: (period: string) => number | null,
  more: { context?: Record<string, object>; scope?: object[]; shown?: readonly string[] } = {},
) {
  const shown = more.shown ?? [...periods(level).keys()].toSorted();
  const rows = await db.query({
    metadata: [
      ...items(date(level), formula(text, more.context)),
      scope({ ...dims.day, filter: { from: '0001-01-01' } }),
      ...(more.scope ?? []).map(scope),
    ],
  });
  expect(rows.map(([day]) => String(day).slice(0, 10))).toEqual(shown);
  for (const [index, [, value]] of rows.entries()) {
    const wanted = expected(shown[index]!);
    if (wanted === null) expect([shown[index], value]).toEqual([shown[index], null]);
    else expect(value).toBeCloseTo(wanted, 6);
  }
}
const ratio = (a: number | null | undefined, b: number | null | undefined) =>
  a == null || b == null || b === 0 ? null : a / b;
const minus = (a: number | null | undefined, b: number | null | undefined) =>
  a == null || b == null ? null : a - b;

describe('past periods', () => {
  const months = periods('months');
  const at = (period: string, level: Level, back: number) =>
    months.get(move(period, level, -back)) ?? null;

  it.each([
    ['PASTMONTH', 'months', 1],
    ['PASTQUARTER', 'quarters', 1],
    ['PASTYEAR', 'years', 1],
  ] as const)(
    verifies('DATA-1', '%s finds the month before, or nothing'),
    async (name, level, back) => {
      await check('months', `${name}(SUM([amount]))`, (month) => at(month, level, back));
      await check('months', `${name}(SUM([amount]), 2)`, (month) => at(month, level, 2 * back));
      await check('months', `DIFF${name}(SUM([amount]))`, (month) =>
        minus(months.get(month), at(month, level, back)),
      );
      await check('months', `GROWTH${name}(SUM([amount]))`, (month) =>
        ratio(minus(months.get(month), at(month, level, back)), at(month, level, back)),
      );
    },
  );

  it.each([
    ['days', 'PASTDAY', 'days'],
    ['days', 'PASTWEEK', 'weeks'],
    ['days', 'PASTMONTH', 'months'],
    ['days', 'PASTYEAR', 'years'],
    ['weeks', 'PASTWEEK', 'weeks'],
    ['quarters', 'PASTQUARTER', 'quarters'],
    ['quarters', 'PASTYEAR', 'years'],
    ['years', 'PASTYEAR', 'years'],
  ] as const)(verifies('DATA-1', 'by %s, %s'), async (level, name, unit) => {
    const all = periods(level);
    await check(
      level,
      `${name}(SUM([amount]))`,
      (period) => all.get(move(period, unit, -1)) ?? null,
    );
  });

  it(verifies('DATA-1', 'of weeks a year ago is the week of its moved fourth day'), async () => {
    const weeks = periods('weeks');
    await check('weeks', 'PASTYEAR(SUM([amount]))', (week) => {
      const middle = move(week, 'days', 3);
      return weeks.get(startOf(move(middle, 'years', -1), 'weeks')) ?? null;
    });
  });

  it(
    verifies('DATA-1', 'GROWTH and GROWTHRATE look at the period before, whatever it is'),
    async () => {
      for (const level of ['months', 'quarters', 'years'] as const) {
        const all = periods(level);
        const before = (period: string) => all.get(move(period, level, -1)) ?? null;
        await check(level, 'GROWTH(SUM([amount]))', (period) =>
          ratio(minus(all.get(period), before(period)), before(period)),
        );
        await check(level, 'GROWTHRATE(SUM([amount]))', (period) =>
          ratio(all.get(period), before(period)),
        );
      }
    },
  );

  it(
    verifies('DATA-1', 'may lie before the filter on the date, which moves with them'),
    async () => {
      const in2013 = [...months.keys()].filter((month) => month.startsWith('2013')).toSorted();
      const year = { ...dims.day, level: 'years', filter: { members: ['2013-01-01T00:00:00'] } };
      await check('months', 'PASTYEAR(SUM([amount]))', (month) => at(month, 'years', 1), {
        scope: [year],
        shown: in2013,
      });
      const range = { ...dims.day, filter: { from: '2013-01-10', to: '2013-03-15' } };
      const inRange = (day: string) => day >= '2012-01-10' && day < '2012-03-16';
      const cut = periods(
        'months',
        dated.filter(({ day }) => inRange(day)),
      );
      await check(
        'months',
        'PASTYEAR(SUM([amount]))',
        (month) => cut.get(move(month, 'years', -1)) ?? null,
        {
          scope: [range],
          shown: ['2013-01-01', '2013-02-01', '2013-03-01'],
        },
      );
    },
  );

  it(verifies('DATA-1', 'need no grouping: the filter on the date moves'), async () => {
    const range = scope({
      ...dims.day,
      level: 'months',
      filter: { from: '2013-02-01', to: '2013-04-01' },
    });
    const between = (from: string, to: string) =>
      amount(dated.filter(({ day }) => day >= from && day < to))!;
    const now = between('2013-02-01', '2013-05-01');
    const value = async (text: string) =>
      (await db.query({ metadata: [...items(formula(text)), range] }))[0]?.[0];
    expect(await value('PASTYEAR(SUM([amount]))')).toBeCloseTo(
      between('2012-02-01', '2012-05-01'),
      6,
    );
    expect(await value('SUM([amount]) - PASTMONTH(SUM([amount]))')).toBeCloseTo(
      now - between('2013-01-01', '2013-04-01'),
      6,
    );
    const before = between('2013-01-01', '2013-04-01');
    expect(await value('GROWTH(SUM([amount]))')).toBeCloseTo((now - before) / before, 9);
  });

  it(verifies('DATA-1', 'are found within the other groupings and coarser levels'), async () => {
    const rows = await db.query({
      metadata: items(dims.shop, date('years'), date('months'), formula('PASTYEAR(SUM([amount]))')),
    });
    for (const [shop, year, month, value] of rows) {
      if (month === null) continue;
      const past = move(String(month), 'years', -1);
      const own = dated.filter((one) => one.shop === shop && startOf(one.day, 'months') === past);
      const wanted = amount(own);
      if (wanted === null) expect([shop, year, month, value]).toEqual([shop, year, month, null]);
      else expect(value).toBeCloseTo(wanted, 6);
    }
    expect(rows.length).toBeGreaterThan(80);
  });

  it(verifies('DATA-1', 'cost one scan'), () => {
    const metadata = items(
      date('months'),
      { ...dims.amount, agg: 'sum' },
      formula('GROWTHPASTYEAR(SUM([amount]))'),
    );
    const { text } = compileQuery({ metadata }, tradesContext());
    expect(text.match(/"trades"/g)).toHaveLength(1);
    expect(text.match(/sum\(/g)).toHaveLength(1);
  });

  it(verifies('DATA-1', 'nest, and take multi-pass measures'), async () => {
    await check(
      'months',
      'PASTMONTH(PASTYEAR(SUM([amount])))',
      (month) => months.get(move(month, 'months', -13)) ?? null,
    );
    const perShop = new Map(
      [...Map.groupBy(dated, ({ day }) => startOf(day, 'months'))].map(([month, own]) => {
        const shops = [...Map.groupBy(own, ({ shop }) => shop)].map(([, some]) => amount(some));
        const some = shops.filter((one) => one !== null);
        return [month, some.length === 0 ? null : some.reduce((a, b) => a + b) / some.length];
      }),
    );
    await check(
      'months',
      'PASTYEAR(AVG([shop], SUM([amount])))',
      (month) => perShop.get(move(month, 'years', -1)) ?? null,
    );
  });
});

describe('PREV, NEXT and NOW', () => {
  it(verifies('DATA-1', 'count in the level of their field, or of the query'), async () => {
    const months = periods('months');
    const context = { quarters: date('quarters') };
    const at = (month: string, level: Level, count: number) =>
      months.get(move(month, level, count)) ?? null;
    await check('months', '(SUM([amount]), PREV([day]))', (month) => at(month, 'months', -1));
    await check('months', '(SUM([amount]), NEXT([day], 2))', (month) => at(month, 'months', 2));
    await check(
      'months',
      '(SUM([amount]), PREV([quarters]))',
      (month) => at(month, 'quarters', -1),
      { context },
    );
  });

  it(verifies('DATA-1', 'NOW is the period of the moment, in each row'), async () => {
    const now = amount(dated.filter(({ day }) => startOf(day, 'months') === '2013-02-01'));
    const year = amount(dated.filter(({ day }) => day.startsWith('2013')));
    await check('months', '(SUM([amount]), NOW([day]))', () => now);
    await check('months', '(SUM([amount]), NOW([years]))', () => year, {
      context: { years: date('years') },
    });
  });
});

describe('to date', () => {
  it.each([
    ['WTD', 'weeks', 'days'],
    ['MTD', 'months', 'days'],
    ['QTD', 'quarters', 'months'],
    ['YTD', 'years', 'months'],
    ['YTD', 'years', 'weeks'],
  ] as const)(
    verifies('DATA-1', '%s adds up from the start of %s, by %s'),
    async (name, unit, level) => {
      const all = periods(level);
      const soFar = (period: string) =>
        [...all]
          .filter(([one]) => one <= period && startOf(one, unit) === startOf(period, unit))
          .flatMap(([, value]) => (value === null ? [] : [value]));
      const total = (values: number[]) =>
        values.length === 0 ? null : values.reduce((a, b) => a + b, 0);
      await check(level, `${name}SUM(SUM([amount]))`, (period) => total(soFar(period)));
      await check(level, `${name}AVG(SUM([amount]))`, (period) =>
        ratio(total(soFar(period)), soFar(period).length),
      );
    },
  );

  it(verifies('DATA-1', 'begins before the filter on the date, and ends with it'), async () => {
    const range = { ...dims.day, filter: { from: '2013-03-05', to: '2013-05-20' } };
    const until = (month: string) =>
      amount(
        dated.filter(
          ({ day }) => day >= '2013-01-01' && day < '2013-05-21' && startOf(day, 'months') <= month,
        ),
      );
    await check('months', 'YTDSUM(SUM([amount]))', until, {
      scope: [range],
      shown: ['2013-03-01', '2013-04-01', '2013-05-01'],
    });
  });

  it(verifies('DATA-1', 'of a year ago, and of multi-pass measures'), async () => {
    const months = periods('months');
    const ytd = (month: string) => {
      if (!months.has(month)) return null;
      const own = [...months].filter(
        ([one]) => one <= month && one.slice(0, 4) === month.slice(0, 4),
      );
      return own.reduce<number | null>((a, [, b]) => (b === null ? a : (a ?? 0) + b), null);
    };
    await check('months', 'PASTYEAR(YTDSUM(SUM([amount])))', (month) =>
      ytd(move(month, 'years', -1)),
    );
    await check('months', 'YTDSUM(MAX([shop], COUNT([id]))) + 0', (month) => {
      const own = [...Map.groupBy(dated, ({ day }) => startOf(day, 'months'))].filter(
        ([one]) => one <= month && one.slice(0, 4) === month.slice(0, 4),
      );
      return own
        .map(([, some]) =>
          Math.max(...[...Map.groupBy(some, ({ shop }) => shop).values()].map((few) => few.length)),
        )
        .reduce((a, b) => a + b, 0);
    });
  });
});

describe('a query without a fitting date', () => {
  const refusal = async (...jaqls: object[]) => {
    try {
      await db.query({ metadata: items(...jaqls) });
    } catch (error) {
      return error as { code: string; pointer: string; position: number };
    }
    return undefined;
  };

  it.each([
    ['no date', [dims.shop, formula('PASTYEAR(SUM([amount]))')]],
    [
      'two dates',
      [date('months'), { ...dims.shipped, level: 'months' }, formula('PASTYEAR(SUM([amount]))')],
    ],
    ['a date without a level', [dims.day, formula('PASTYEAR(SUM([amount]))')]],
    ['weeks beside months', [date('weeks'), date('months'), formula('PASTYEAR(SUM([amount]))')]],
    ['no groups by a date', [dims.shop, formula('YTDSUM(SUM([amount]))')]],
    ['a rank within another field', [dims.shop, formula('RANK(SUM([amount]), [product])')]],
  ])(verifies('DATA-1', 'is refused: %s'), async (_name, jaqls) => {
    const error = await refusal(...jaqls);
    expect(error).toMatchObject({
      code: 'formula_misplaced',
      pointer: `/metadata/${jaqls.length - 1}/jaql/formula`,
      position: 0,
    });
  });
});
