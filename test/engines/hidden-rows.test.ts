/** What a rule hides must not make a query fail: that it fails would tell that it is there. */
import type { JaqlItem } from '@vitrine/claims';
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
const shop: SampleTable = {
  name: 'shop',
  columns: { id: 'integer', owner: 'text' },
  rows: Array.from({ length: shops }, (_, id) => [id, id % 2 === 0 ? 'acme' : 'globex']),
};
const sales: SampleTable = {
  name: 'sales',
  columns: { shop_id: 'integer', customer: 'text', day: 'timestamp', amount: 'integer' },
  rows: Array.from({ length: 2 * shops }, (_, id) => [
    id % shops,
    id === 1_001 ? 'Hidden' : `Customer ${id % 7}`,
    '2020-02-29 10:00:00',
    id,
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
      ],
    },
  ],
  relations: [{ from: '[Sales.Shop ID]', to: '[Shop.ID]' }],
};
const rules = [
  {
    dataSourceTitle: 'Shops',
    table: 'Shop',
    column: 'Owner',
    members: ['acme'],
    exclusionary: false,
  },
];

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

describe.each(engineNames)('rows that a rule hides, on %s', (name) => {
  let opened: OpenedEngine;
  beforeAll(async () => {
    opened = await openOn(name, [shop, sales]);
  }, 60_000);
  afterAll(() => opened.close());

  /** The rows that there are for a customer, or the code of the refusal. */
  const answer = async (customer: string, move: string, filter: object): Promise<unknown> => {
    const items = [
      { jaql: { formula: `(SUM([amount]), ${move})`, context } },
      { panel: 'scope', jaql: { dim: '[Sales.Day]', ...filter } },
      { panel: 'scope', jaql: { dim: '[Sales.Customer]', filter: { equals: customer } } },
    ];
    const { engine } = opened;
    const scope = { model, rules, dialect: engine.dialect, filters: [], now: new Date(0) };
    try {
      const { text, params } = compileQuery(
        { metadata: items as unknown as JaqlItem[] },
        { ...scope, timeZone: 'UTC', maxRows: 10 },
      );
      return await engine.query({ text, params, maxRows: 10, timeoutMs: 20_000 });
    } catch (error) {
      return (error as JaqlError).code;
    }
  };

  it.each(cases)(
    verifies('D-1 D-7', 'fail no query whose dates are moved: %s'),
    async (_name, move, filter) => {
      expect(await answer('Hidden', move, filter)).toEqual(await answer('Nobody', move, filter));
      const shown = await answer('Customer 1', move, filter);
      if (near.includes(move)) expect(shown).toHaveProperty('rows');
      else expect(shown).toBe('formula_arguments');
    },
  );
});
