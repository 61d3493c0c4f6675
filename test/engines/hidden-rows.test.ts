/** What a rule hides must not make a query fail, nor take for ever: that it does would tell that it is there. */
import type { AclRule, JaqlItem } from '@vitrine/claims';
import { compileQuery, type JaqlError, type Model } from '@vitrine/jaql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  engineNames,
  type OpenedEngine,
  openOn,
  type SampleTable,
} from '../harness/three-engines.ts';
import { verifies } from '../verifies.ts';

/** So many that no engine knows before it reads the facts which of them are allowed. */
const shops = 4_000;
const longText = 'of a name that goes on and on, and further than that';
const shop: SampleTable = {
  name: 'shop',
  columns: { id: 'integer', owner: 'text' },
  rows: Array.from({ length: shops }, (_, id) => [id, id % 2 === 0 ? 'acme' : 'globex']),
};
const sales: SampleTable = {
  name: 'sales',
  columns: {
    shop_id: 'integer',
    customer: 'text',
    day: 'timestamp',
    amount: 'integer',
    price: 'decimal',
  },
  rows: Array.from({ length: 2 * shops }, (_, id) => [
    id % shops,
    id === 1_001 ? `Hidden, ${longText}` : `Customer ${id % 7}, ${longText}`,
    '2020-02-29 10:00:00',
    id,
    id / 4,
  ]),
};
const model: Model = {
  oid: '00112233445566778899aabd',
  title: 'Shops',
  tables: [
    {
      ...{ name: 'Shop', from: 'shop' },
      columns: [
        { name: 'ID', column: 'id', type: 'numeric' },
        { name: 'Owner', column: 'owner', type: 'text' },
      ],
    },
    {
      ...{ name: 'Sales', from: 'sales' },
      columns: [
        { name: 'Shop ID', column: 'shop_id', type: 'numeric' },
        { name: 'Customer', column: 'customer', type: 'text' },
        { name: 'Day', column: 'day', type: 'datetime' },
        { name: 'Amount', column: 'amount', type: 'numeric' },
        { name: 'Price', column: 'price', type: 'numeric' },
      ],
    },
  ],
  relations: [{ from: '[Sales.Shop ID]', to: '[Shop.ID]' }],
};
const only = (table: string, column: string, members: (string | number)[]): AclRule[] => [
  { dataSourceTitle: 'Shops', table, column, members, exclusionary: false },
];
/** By which engines decide late about a row. */
const rulesOf = {
  'a rule on a dimension': only('Shop', 'Owner', ['acme']),
  'a long rule': only(
    'Sales',
    'Shop ID',
    shop.rows.flatMap(([id, owner]) => (owner === 'acme' ? Number(id) : [])),
  ),
};

const context = {
  amount: { dim: '[Sales.Amount]' },
  ...Object.fromEntries(
    ['years', 'months', 'days'].map((level) => [level, { dim: '[Sales.Day]', level }]),
  ),
};
const times = (count: number, text: string) => Array(count).fill(text).join(', ');
/** From 2020, each of the latter leads further than some engine can count. */
const near = ['NEXT([years], 4000)', times(4, 'PREV([months], 10000)'), 'NEXT([days], 10000)'];
const far = [
  ...['NEXT([years], 10000)', 'PREV([years], 10000)', 'NEXT([years], 6733)'],
  ...[times(2, 'NEXT([years], 4000)'), times(30, 'PREV([years], 10000)')],
  ...[times(9, 'NEXT([months], 10000)'), 'PREV([years], 4000), NEXT([months], 1)'],
];
const filters = {
  'all but a day': { level: 'days', filter: { exclude: { members: ['1990-01-01'] } } },
  'a range': { level: 'days', filter: { from: '2011-01-01', to: '2030-01-01' } },
  years: { level: 'years', filter: { members: ['2020-01-01', '2019-01-01'] } },
};
const cases = Object.entries(filters).flatMap(([name, filter]) =>
  [...near, ...far].map((move) => [`${name}, ${move.slice(0, 48)}`, move, filter] as const),
);
const most = '9223372036854775807';
const numbers = [
  ...[{ equals: most }, { doesntEqual: most }, { members: [most] }, { from: most }],
  ...[{ to: `-${most}` }, { fromNotEqual: 10 ** 15 }, { exclude: { toNotEqual: most } }],
];
const patterns = [
  `%${'_%'.repeat(25)}~`,
  `%${'a%_'.repeat(5)}%on%_%_%_%_%_%_%_%_%_%~%`,
  `${'%'.repeat(200)}${'_%'.repeat(20)}~`,
];

describe.each(engineNames)('rows that a rule hides, on %s', (name) => {
  let opened: OpenedEngine;
  beforeAll(async () => {
    opened = await openOn(name, [shop, sales]);
  }, 60_000);
  afterAll(() => opened.close());

  /** What a query of the sales of a customer gives under some rules: rows, or the code of the refusal. */
  const answer = async (
    rules: readonly AclRule[],
    customer: string,
    ...items: object[]
  ): Promise<unknown> => {
    const ofCustomer = { dim: '[Sales.Customer]', filter: { startsWith: customer } };
    const metadata = [...items, { panel: 'scope', jaql: ofCustomer }] as unknown as JaqlItem[];
    const { engine } = opened;
    const scope = { model, rules, dialect: engine.dialect, filters: [], now: new Date(0) };
    try {
      const { text, params } = compileQuery(
        { metadata },
        { ...scope, timeZone: 'UTC', maxRows: 10 },
      );
      return await engine.query({ text, params, maxRows: 10, timeoutMs: 20_000 });
    } catch (error) {
      return (error as JaqlError).code;
    }
  };

  describe.each(Object.entries(rulesOf))('%s', (_rule, rules) => {
    it.each(cases)(
      verifies('D-1 D-7', 'fail no query whose dates are moved: %s'),
      async (_name, move, filter) => {
        const items = [
          { jaql: { formula: `(SUM([amount]), ${move})`, context } },
          { panel: 'scope', jaql: { dim: '[Sales.Day]', ...filter } },
        ];
        const hidden = await answer(rules, 'Hidden', ...items);
        expect(hidden).toEqual(await answer(rules, 'Nobody', ...items));
        const shown = await answer(rules, 'Customer 2', ...items);
        if (near.includes(move)) expect(shown).toHaveProperty('rows');
        else expect(shown).toBe('formula_arguments');
      },
    );

    it.each(numbers.map((filter) => [JSON.stringify(filter), filter] as const))(
      verifies('D-1 D-7', 'fail no query that looks for a large number: %s'),
      async (_name, filter) => {
        const items = [
          { jaql: { dim: '[Sales.Amount]', agg: 'sum' } },
          { panel: 'scope', jaql: { dim: '[Sales.Price]', filter } },
        ];
        expect(await answer(rules, 'Hidden', ...items)).toHaveProperty('rows', [[null]]);
        expect(await answer(rules, 'Customer 2', ...items)).toHaveProperty('rows');
      },
    );

    it.each(patterns)(
      verifies('D-1 D-7 DATA-4', 'hold up no query that looks for a pattern: %s'),
      async (like) => {
        const items = [
          { jaql: { dim: '[Sales.Amount]', agg: 'sum' } },
          { panel: 'scope', jaql: { dim: '[Sales.Customer]', filter: { like } } },
        ];
        expect(await answer(rules, 'Hidden', ...items)).toHaveProperty('rows', [[null]]);
        expect(await answer(rules, 'Customer 2', ...items)).toHaveProperty('rows', [[null]]);
      },
      60_000,
    );
  });
});
