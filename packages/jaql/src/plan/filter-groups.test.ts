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
const sums = [...Map.groupBy(trades, ({ pieces }) => pieces)].map(
  ([pieces, own]) => [pieces, own.reduce((sum, one) => sum + (one.amount ?? 0), 0)] as const,
);
const best = sums.toSorted((a, b) => b[1] - a[1]).map(([pieces]) => pieces);
const sumOf = (pieces: number) => sums.find(([one]) => one === pieces)![1];
const kept = async (measure: object, filter: object) => {
  const rows = await db.query({ metadata: items(dims.pieces, { ...measure, filter }) });
  return rows.map(([pieces]) => pieces);
};
const ascending = (some: readonly number[]) => some.toSorted((a, b) => a - b);

describe('filters on measures', () => {
  const middle = sumOf(best[4]!);
  const cases: readonly [string, object, readonly number[]][] = [
    ['from', { from: middle }, best.slice(0, 5)],
    ['>', { '>': middle }, best.slice(0, 4)],
    ['to', { to: middle }, best.slice(4)],
    ['<', { toNotEqual: middle }, best.slice(5)],
    ['a range', { from: middle, to: sumOf(best[1]!) }, best.slice(1, 5)],
    ['equals', { equals: middle }, [best[4]!]],
    ['doesntEqual', { doesntEqual: middle }, best.filter((one) => one !== best[4])],
    ['members', { members: [middle, 1e9] }, [best[4]!]],
    ['exclude', { exclude: { from: middle } }, best.slice(5)],
    ['and', { and: [{ from: middle }, { exclude: { equals: middle } }] }, best.slice(0, 4)],
    ['or', { or: [{ '>': middle }, { '<': middle }] }, best.filter((one) => one !== best[4])],
    ['a background', { from: middle, filter: { to: middle } }, [best[4]!]],
    ['top', { top: 3 }, best.slice(0, 3)],
    ['bottom', { bottom: 2 }, best.slice(-2)],
    ['top of the bottom', { and: [{ bottom: 4 }, { top: 1 }] }, [best.at(-4)!]],
    ['all but the top', { exclude: { top: 3 } }, best.slice(3)],
    [
      'the top or the bottom',
      { or: [{ top: 2 }, { bottom: 1 }] },
      [best[0]!, best[1]!, best.at(-1)!],
    ],
    [
      'the top or a value',
      { or: [{ top: 1 }, { and: [{ equals: middle }, { exclude: { bottom: 1 } }] }] },
      [best[0]!, best[4]!],
    ],
    ['everything', { all: true }, best],
    ['nothing', { exclude: { all: true } }, []],
  ];
  it.each(cases)(
    verifies('DATA-1', 'keep groups, of an aggregation and of a formula: %s'),
    async (_name, filter, expected) => {
      expect(await kept(total, filter)).toEqual(ascending(expected));
      expect(await kept(formula('SUM([amount]) + 0'), filter)).toEqual(ascending(expected));
    },
  );

  it(verifies('DATA-1', 'break ties of rows by their members, ascending'), async () => {
    const same = formula('COUNT([id]) * 0');
    const members = ascending(best);
    expect(await kept(same, { top: 3 })).toEqual(members.slice(0, 3));
    expect(await kept(same, { bottom: 3 })).toEqual(members.slice(0, 3));
    expect(await kept(same, { exclude: { top: 3 } })).toEqual(members.slice(3));
  });
});

describe('highlights', () => {
  const cases: readonly [string, object, object, (value: unknown) => boolean][] = [
    ['members', dims.pieces, { members: [1, 3] }, (one) => one === 1 || one === 3],
    ['all but', dims.pieces, { exclude: { members: [1] } }, (one) => one !== 1],
    ['a range', dims.pieces, { from: 3, to: 5 }, (one) => Number(one) >= 3 && Number(one) <= 5],
    ['or', dims.pieces, { or: [{ '<': 2 }, { equals: 7 }] }, (one) => Number(one) < 2 || one === 7],
    ['everything', dims.pieces, { all: true }, () => true],
    [
      'a ranking',
      dims.pieces,
      { top: 2, by: total },
      (one) => best.slice(0, 2).includes(Number(one)),
    ],
    [
      'all but a ranking',
      dims.pieces,
      { exclude: { bottom: 1, by: total } },
      (one) => one !== best.at(-1),
    ],
    [
      'a background',
      dims.pieces,
      { from: 3, filter: { to: 5 } },
      (one) => Number(one) >= 3 && Number(one) <= 5,
    ],
    ['text', dims.product, { startsWith: 'a' }, (one) => one === 'Axe'],
    [
      'members of none',
      dims.shop,
      { members: [null, 'East'] },
      (one) => one === null || one === 'East',
    ],
    [
      'a period',
      { ...dims.day, level: 'quarters' },
      { from: '2012-04-01', to: '2012-12-31' },
      (one) => String(one).startsWith('2012') && !String(one).startsWith('2012-01'),
    ],
    [
      'weeks that start on Sunday',
      { ...dims.day, level: 'weeks', firstday: 'sun' },
      { members: ['2013-01-09T00:00:00'] },
      (one) => String(one).startsWith('2013-01-06'),
    ],
    [
      'a relative date',
      { ...dims.day, level: 'years' },
      { last: { count: 2, offset: -1 } },
      (one) => /^201[34]/.test(String(one)),
    ],
  ];
  it.each(cases)(
    verifies('DATA-1', 'mark members and keep all rows: %s'),
    async (_name, field, filter, isSelected) => {
      const jaql = { ...field, in: { selected: { jaql: { ...field, filter } } } };
      const rows = await db.query({ metadata: items(jaql, total) });
      const all = await db.query({ metadata: items(field, total) });
      expect(rows.map(([member, sum]) => [member, sum])).toEqual(all);
      for (const [member, , selected] of rows)
        expect([member, selected]).toEqual([member, isSelected(member)]);
      expect(rows.some(([, , selected]) => selected === true)).toBe(true);
    },
  );
});
