import type { JaqlItem } from '@vitrine/claims';
import { compileQuery, type Model } from '@vitrine/jaql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type EngineName,
  engineNames,
  type OpenedEngine,
  openOn,
  type SampleTable,
} from '../harness/three-engines.ts';
import { verifies } from '../verifies.ts';

const days = [
  '2011-12-31 23:59:59',
  '2012-02-29 10:00:00',
  '2012-03-01 00:00:00',
  '2013-01-31 08:30:00',
];
const words = ['ash', 'Ash', 'Élan', 'z', '', null];

/** Numbers are fractions of two, so that sums do not depend on the order in which they are made. */
const sales: SampleTable = {
  name: 'sales',
  columns: {
    id: 'integer',
    day: 'timestamp',
    sent: 'timestamp',
    shop: 'text',
    product: 'text',
    amount: 'number',
    pieces: 'integer',
    price: 'decimal',
  },
  rows: Array.from({ length: 600 }, (_, id) => {
    const moved = new Date(Date.parse('2011-11-01T05:00:00Z') + ((id * 7_919) % 900) * 86_400_000);
    const day = id % 50 < 4 ? days[id % 50]! : moved.toISOString().slice(0, 19).replace('T', ' ');
    return [
      id,
      id % 37 === 36 ? null : day,
      id % 31 === 30 ? null : moved.toISOString().slice(0, 19).replace('T', ' '),
      words[(id * 13) % words.length]!,
      `p${(id * 5) % 7}`,
      id % 19 === 0 ? null : ((id * 31) % 400) / 4 - 10,
      (id * 3) % 11,
      ((id * 17) % 1_000) / 4,
    ];
  }),
};

const model: Model = {
  oid: '00112233445566778899aabc',
  title: 'Sales',
  tables: [
    {
      name: 'S',
      from: 'sales',
      columns: [
        { name: 'ID', column: 'id', type: 'numeric' },
        { name: 'Day', column: 'day', type: 'datetime' },
        { name: 'Sent', column: 'sent', type: 'datetime' },
        { name: 'Shop', column: 'shop', type: 'text' },
        { name: 'Product', column: 'product', type: 'text' },
        { name: 'Amount', column: 'amount', type: 'numeric' },
        { name: 'Pieces', column: 'pieces', type: 'numeric' },
        { name: 'Price', column: 'price', type: 'numeric' },
      ],
    },
  ],
  relations: [],
};

const month = { dim: '[S.Day]', level: 'months' };
const week = { dim: '[S.Day]', level: 'weeks', firstday: 'sun' };
const shop = { dim: '[S.Shop]' };
const product = { dim: '[S.Product]' };
const items: Readonly<Record<string, object>> = {
  id: { dim: '[S.ID]' },
  day: { dim: '[S.Day]' },
  sent: { dim: '[S.Sent]' },
  shop,
  product,
  amount: { dim: '[S.Amount]' },
  pieces: { dim: '[S.Pieces]' },
  price: { dim: '[S.Price]' },
  month,
  total: { dim: '[S.Amount]', agg: 'sum' },
  few: { dim: '[S.Pieces]', filter: { '<': 4 } },
  best: { ...product, filter: { top: 2, by: { dim: '[S.Price]', agg: 'sum' } } },
};

function formula(text: string): object {
  const ids = new Set([...text.matchAll(/\[(\w+)\]/g)].map(([, id = '']) => id));
  return { formula: text, context: Object.fromEntries([...ids].map((id) => [id, items[id]])) };
}

const ofGroups = [
  ...[
    'SUM',
    'AVG',
    'MIN',
    'MAX',
    'COUNT',
    'DUPCOUNT',
    'MEDIAN',
    'MODE',
    'STDEV',
    'STDEVP',
    'VAR',
    'VARP',
  ].flatMap((name) => [`${name}([amount])`, `${name}([price])`, `${name}([pieces] * [price])`]),
  ...['MIN', 'MAX', 'COUNT', 'MODE'].flatMap((name) => [`${name}([shop])`, `${name}([day])`]),
  'PERCENTILE([amount], 0.9)',
  'QUARTILE([price], 1)',
  'LARGEST([amount], 3)',
  'LARGEST([price], 500)',
  '[total] / (COUNT([pieces]) - 11)',
  'ROUND([total] / 7, 2) + ROUND([total] / 7) + ROUND([total], -2)',
  'ROUND(COUNT([id]) / 2) + ROUND(COUNT([id]) / -2)',
  'MOD([total], 7.5) + MOD(-[total], 7)',
  'POWER(COUNT([pieces]), 3) + POWER(-2, COUNT([pieces])) + POWER(10, -COUNT([pieces]))',
  'POWER(10, COUNT([id]) * 100)',
  'POWER([total] - [total], -1)',
  'SQRT([total] - 500)',
  'LN([total] - 500) + LOG10(COUNT([id]))',
  'EXP(COUNT([pieces])) + EXP(-COUNT([id]) * 100)',
  'EXP(COUNT([id]) * 100)',
  'ABS(-[total]) + CEILING([total] / 3) - FLOOR(-[total] / 3)',
  'IF([total] > 700 AND NOT COUNT([id]) < 100 OR ISNULL([total]), 1, IF([total] > 500, 2, NULL))',
  'IF(MAX([shop]) = "ash", MIN([shop]), "other")',
  'CASE WHEN [total] > 1000 THEN "a" WHEN [total] > 600 THEN "b" ELSE "c" END',
  'IF(MAX([day]) > MIN([sent]), COUNT([id]), 0)',
  ...['SDIFF', 'MNDIFF', 'HDIFF', 'DDIFF', 'MDIFF', 'QDIFF', 'YDIFF'].flatMap((name) => [
    `AVG(${name}([sent], [day]))`,
    `${name}(MIN([day]), MAX([sent]))`,
  ]),
  'SUM(IF([pieces] > 4, [amount], 0 - [price]))',
  '([total], [few])',
  '([total], [few]) / ([total], ALL([shop]), ALL([product]), ALL([day]))',
  '([total], [best])',
  '(MODE([shop]), [few])',
  '(LARGEST([amount], 2), [few]) + (PERCENTILE([amount], 0.5), [few]) + (VAR([amount]), [few])',
  'AVG([pieces], [total])',
  'MAX([pieces], AVG([month], [total])) - MEDIAN([product], MAX([amount]))',
  'SUM([pieces], ([total], [few]))',
  'RANK([total]) + RANK(COUNT([id]), "ASC", "1334") + RANK(COUNT([id]), "1223")',
  'RANK(FLOOR([total] / 500), "DESC", "1234")',
  'CONTRIBUTION([total])',
  'RSUM([total])',
  'RSUM(COUNT([id]), TRUE) + RAVG([total])',
];
const ofPeriods = [
  'PASTYEAR([total])',
  'GROWTHPASTYEAR([total])',
  'DIFFPASTQUARTER([total], 2)',
  'GROWTH([total])',
  '([total], PREV([day]))',
  '([total], NEXT([day], 2))',
  '([total], NOW([month]))',
  'YTDSUM([total])',
  'QTDAVG([total])',
  'PASTYEAR(YTDSUM([total]))',
  'PASTYEAR(AVG([pieces], [total]))',
];

const metadata = (...jaqls: object[]) => jaqls.map((jaql) => ({ jaql })) as unknown as JaqlItem[];
const in2013 = {
  jaql: { dim: '[S.Day]', level: 'days', filter: { from: '2013-01-10', to: '2013-06-15' } },
  panel: 'scope',
} as unknown as JaqlItem;
const cases: [string, JaqlItem[]][] = [
  ...ofGroups.flatMap((text): [string, JaqlItem[]][] => [
    [`${text} in all`, metadata(formula(text))],
    [`${text} by shop`, metadata(shop, formula(text))],
  ]),
  ...ofPeriods.flatMap((text): [string, JaqlItem[]][] => [
    [`${text} by month`, metadata(month, formula(text))],
    [`${text} by week and shop`, metadata(week, shop, formula(text))],
    [`${text} by month of 2013`, [...metadata(month, formula(text)), in2013]],
  ]),
  [
    'sorted by a formula',
    metadata(shop, { ...formula('[total] / COUNT([id])'), sort: 'desc' }, formula('RSUM([total])')),
  ],
  [
    'filtered by a formula',
    metadata(product, { ...formula('[total] / COUNT([id])'), filter: { '>': 38 } }),
  ],
  [
    'ranked by a formula',
    metadata({ ...product, filter: { top: 3, by: formula('[total] / COUNT([id])') } }, shop),
  ],
];

type Row = readonly unknown[];

/** Equal but for the last digits of numbers. */
function isLike(row: Row, other: Row): boolean {
  return row.every((cell, index) => {
    const wanted = other[index];
    if (typeof cell !== 'number' || typeof wanted !== 'number') return cell === wanted;
    return Math.abs(cell - wanted) <= 1e-9 * Math.max(1, Math.abs(cell), Math.abs(wanted));
  });
}

describe('formulas on three engines', () => {
  const opened = new Map<EngineName, OpenedEngine>();
  beforeAll(async () => {
    for (const name of engineNames) opened.set(name, await openOn(name, [sales]));
  }, 120_000);
  afterAll(async () => {
    for (const one of opened.values()) await one.close();
  });

  const ask = async (name: EngineName, items: JaqlItem[]): Promise<readonly Row[]> => {
    const { engine } = opened.get(name)!;
    const { text, params } = compileQuery(
      { metadata: items },
      {
        model,
        dialect: engine.dialect,
        rules: [],
        filters: [],
        now: new Date('2013-02-20T12:00:00Z'),
        timeZone: 'UTC',
        maxRows: 5_000,
      },
    );
    return (await engine.query({ text, params, maxRows: 5_000, timeoutMs: 20_000 })).rows;
  };

  it.each(cases)(verifies('DATA-3 DATA-1', 'give the same rows: %s'), async (_text, items) => {
    const wanted = await ask('duckdb', items);
    expect(wanted.length).toBeGreaterThan(0);
    for (const name of ['postgres', 'clickhouse'] as const) {
      const rows = await ask(name, items);
      const different = rows.findIndex((row, index) => !isLike(row, wanted[index] ?? []));
      expect([name, rows.length, rows[different]]).toEqual([
        name,
        wanted.length,
        wanted[different],
      ]);
    }
  });
});
