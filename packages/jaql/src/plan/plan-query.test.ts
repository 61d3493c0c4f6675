import type { JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { compileQuery } from '../index.ts';
import { context, openSample, openTables } from '../testing/sample-database.ts';
import { dims, tradesContext } from '../testing/trades.ts';

let sample: Awaited<ReturnType<typeof openSample>>;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample.close());

const items = (...jaqls: object[]) => jaqls.map((jaql) => ({ jaql })) as unknown as JaqlItem[];
const scope = (jaql: object) => ({ jaql, panel: 'scope' }) as unknown as JaqlItem;
const shop = { dim: '[Shop.Name]' };
const sum = { dim: '[Orders.Amount]', agg: 'sum' };
const refusal = async (metadata: JaqlItem[], more: object = {}) => {
  try {
    await sample.query({ metadata, ...more });
  } catch (error) {
    return error as { code: string; pointer: string };
  }
  return undefined;
};

describe('measures', () => {
  const measure = async (agg: string, dim = '[Orders.Amount]', more: object = {}) => {
    const [row] = await sample.query({ metadata: items({ dim, agg, ...more }) });
    return row?.[0];
  };

  it.each([
    ['sum', 320],
    ['avg', 320 / 7],
    ['min', 10],
    ['max', 80],
    ['median', 50],
    ['count', 7],
    ['countduplicates', 8],
  ])(verifies('DATA-1', '%s'), async (agg, expected) => {
    expect(await measure(agg)).toBeCloseTo(expected, 9);
  });

  it(verifies('DATA-1', 'spreads, of a sample and of all'), async () => {
    const squares = [10, 20, 30, 50, 60, 70, 80].map((x) => (x - 320 / 7) ** 2);
    const total = squares.reduce((a, b) => a + b);
    expect(await measure('var')).toBeCloseTo(total / 6, 6);
    expect(await measure('varp')).toBeCloseTo(total / 7, 6);
    expect(await measure('stdev')).toBeCloseTo(Math.sqrt(total / 6), 6);
    expect(await measure('stdevp')).toBeCloseTo(Math.sqrt(total / 7), 6);
  });

  it(
    verifies('DATA-1', 'spreads of NaN and Infinity are none, of other groups what they are'),
    async () => {
      const values =
        "('a', 1.0::DOUBLE), ('a', 3), ('b', 1), ('b', 'NaN'), ('c', '-Infinity'), ('d', NULL)";
      const create = `CREATE TABLE trades AS SELECT * FROM (VALUES ${values}) AS _(shop, amount)`;
      const trades = await openTables(create, tradesContext);
      const spreads = ['stdev', 'stdevp', 'var', 'varp'].map((agg) => ({ ...dims.amount, agg }));
      const rows = await trades.query({ metadata: items(dims.shop, ...spreads) });
      trades.close();
      const none = [null, null, null, null];
      expect(rows).toEqual([
        ['a', Math.SQRT2, 1, 2, 1],
        ...['b', 'c', 'd'].map((name) => [name, ...none]),
      ]);
    },
  );

  it(verifies('DATA-1', 'counts, and finds the ends of, texts and dates'), async () => {
    expect(await measure('count', '[Orders.Shop]')).toBe(2);
    expect(await measure('max', '[Orders.Label]')).toBe('apple pie');
    expect(await measure('count', '[Orders.Day]', { level: 'years' })).toBe(3);
    expect(await measure('min', '[Orders.Day]')).toContain('2012-12-31');
  });

  it(verifies('DATA-1', 'refuses to add up texts, dates and unknown aggregations'), async () => {
    for (const jaql of [
      { dim: '[Orders.Label]', agg: 'sum' },
      { dim: '[Orders.Day]', agg: 'avg' },
      { dim: '[Orders.Amount]', agg: 'mode' },
    ]) {
      const error = await refusal(items(jaql));
      expect(error).toMatchObject({ code: 'item_invalid', pointer: '/metadata/0/jaql/agg' });
    }
  });
});

describe('groups', () => {
  it(verifies('DATA-1', 'groups by a joined table and keeps rows without a partner'), async () => {
    expect(await sample.query({ metadata: items(shop, sum) })).toEqual([
      ['North', 170],
      ['South', 150],
      [null, null],
    ]);
    expect(await sample.query({ metadata: items({ dim: '[Country.Continent]' }, sum) })).toEqual([
      ['America', 130],
      ['Europe', 60],
      [null, 130],
    ]);
  });

  it.each([
    ['years', ['2012-01-01', '2013-01-01', '2014-01-01']],
    ['quarters', ['2012-10-01', '2013-01-01', '2014-07-01']],
    ['months', ['2012-12-01', '2013-01-01', '2013-02-01', '2013-03-01', '2014-07-01']],
    ['weeks', ['2012-12-31', '2013-02-11', '2013-03-25', '2014-06-30']],
  ])(verifies('DATA-1', 'groups dates by %s'), async (level, expected) => {
    const rows = await sample.query({
      metadata: items({ dim: '[Orders.Day (Calendar)]', level, filter: { from: '0001-01-01' } }),
    });
    expect(rows.map(([day]) => String(day).slice(0, 10))).toEqual(expected);
  });

  it(verifies('DATA-1', 'starts weeks on Sunday where asked'), async () => {
    const rows = await sample.query({
      metadata: items({ dim: '[Orders.Day]', level: 'weeks', firstday: 'sun' }),
    });
    expect(String(rows[1]?.[0])).toContain('2013-01-06');
  });

  it(
    verifies('DATA-1', 'sorts by items in their order, rows without a value last, then by member'),
    async () => {
      const sorted = (...jaqls: object[]) => sample.query({ metadata: items(...jaqls) });
      expect((await sorted({ ...shop, sort: 'desc' }, sum)).map(([name]) => name)).toEqual([
        'South',
        'North',
        null,
      ]);
      expect((await sorted(shop, { ...sum, sort: 'asc' })).map(([name]) => name)).toEqual([
        'South',
        'North',
        null,
      ]);
    },
  );

  it(verifies('DATA-1', 'pages, and says how many rows to read'), async () => {
    const metadata = items({ dim: '[Orders.ID]' });
    expect(await sample.query({ metadata, count: 2, offset: 3 })).toEqual([[4], [5], [6]]);
    expect(compileQuery({ metadata, count: 2 }, context()).limit).toBe(2);
    expect(compileQuery({ metadata }, context()).limit).toBe(20_000);
    expect(compileQuery({ metadata }, context({ maxRows: 500 })).limit).toBe(500);
    expect(await refusal(metadata, { count: 50_001 })).toMatchObject({ code: 'count_too_large' });
    for (const count of [0, -1, 1.5, '5', null]) {
      expect(await refusal(metadata, { count })).toMatchObject({ pointer: '/count' });
    }
  });

  it(verifies('DATA-1', 'gives raw rows, but not beside measures'), async () => {
    const rows = await sample.query({ metadata: items({ dim: '[Orders.Shop]' }), ungroup: true });
    expect(rows).toHaveLength(8);
    expect(await refusal(items(shop, sum), { ungroup: true })).toMatchObject({
      code: 'query_invalid',
      pointer: '/ungroup',
    });
  });

  it(
    verifies('DATA-1', 'gives each raw row on one page, where a sort leaves many alike'),
    async () => {
      const metadata = items({ dim: '[Orders.Shop]', sort: 'desc' }, { dim: '[Orders.ID]' });
      const all = await sample.query({ metadata, ungroup: true });
      const ids = all.map(([, id]) => Number(id));
      const alike = all.filter(([shop], index) => index > 0 && all[index - 1]?.[0] === shop);
      expect(alike.length).toBeGreaterThan(3);
      const isInOrder = all.every(
        ([shop], index) =>
          all[index - 1]?.[0] !== shop || (ids[index - 1] ?? 0) < (ids[index] ?? 0),
      );
      expect(isInOrder).toBe(true);
      const pages = await Promise.all(
        all.map((_, offset) => sample.query({ metadata, ungroup: true, count: 1, offset })),
      );
      // One row more than asked for tells whether there are more.
      expect(pages.map(([first]) => first)).toEqual(all);
    },
  );

  it(verifies('DATA-1', 'connects two dimensions by the table that leads to both'), async () => {
    const rows = await sample.query({ metadata: items(shop, { dim: '[Brand.Name]' }) });
    expect(rows).toEqual([
      ['North', 'Acme'],
      ['North', 'Core'],
      ['North', null],
      ['South', 'Bolt'],
      ['South', 'Core'],
      ['South', null],
      [null, 'Bolt'],
    ]);
  });

  it(
    verifies(
      'DATA-1',
      'refuses what would count rows more than once, and tables that are not related',
    ),
    async () => {
      const pieces = { dim: '[Returns.Pieces]', agg: 'sum' };
      expect(await refusal(items(shop, pieces))).toMatchObject({ code: 'fan_out' });
      expect(await refusal(items(shop, { dim: '[Country.People]', agg: 'sum' }))).toMatchObject({
        code: 'fan_out',
        pointer: '/metadata/1/jaql',
      });
      expect(await refusal(items(shop, { dim: '[Apart.X]' }))).toMatchObject({
        code: 'no_path',
        pointer: '/metadata/1/jaql',
      });
      expect(await refusal(items(shop, { dim: '[Returns.Pieces]' }))).toMatchObject({
        code: 'fan_out',
        pointer: '/metadata/1/jaql',
      });
      expect(
        await refusal([...items(shop), scope({ dim: '[Apart.X]', filter: { members: ['x'] } })]),
      ).toMatchObject({
        code: 'no_path',
        pointer: '/metadata/1/jaql/filter',
      });
      const people = { dim: '[Country.People]', agg: 'max' };
      expect(await sample.query({ metadata: items(shop, people), count: 1 })).toContainEqual([
        'North',
        340,
      ]);
    },
  );

  it(
    verifies('DATA-1', 'restricts a table by a filter further down without multiplying its rows'),
    async () => {
      const rows = await sample.query({
        metadata: [
          ...items({ dim: '[Country.People]', agg: 'sum' }),
          scope({ dim: '[Orders.Amount]', filter: { from: 20 } }),
          scope({ dim: '[Shop.Name]', filter: { members: ['North'] } }),
        ],
      });
      expect(rows).toEqual([[83 + 340]]);
    },
  );
});
