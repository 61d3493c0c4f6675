import type { JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { JaqlError } from '../index.ts';
import { openSample, rule } from '../testing/sample-database.ts';

let sample: Awaited<ReturnType<typeof openSample>>;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample.close());

const amount = { dim: '[Orders.Amount]', agg: 'sum' };
const pieces = { dim: '[Returns.Pieces]', agg: 'sum' };
const people = { dim: '[Country.People]', agg: 'sum' };
const brand = { dim: '[Brand.Name]' };
const continent = { dim: '[Country.Continent]' };
const brands = { ...brand, agg: 'count' };
const shops = { dim: '[Shop.Name]', agg: 'count' };

const query = (jaqls: readonly object[], scopes: readonly object[] = [], rules = [] as object[]) =>
  sample.query(
    {
      metadata: [
        ...jaqls.map((jaql) => ({ jaql })),
        ...scopes.map((jaql) => ({ jaql, panel: 'scope' })),
      ] as JaqlItem[],
    },
    { rules: rules as never },
  );
const refusal = async (...jaqls: object[]) => {
  const error = await query(jaqls).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(JaqlError);
  return error;
};

describe('measures of several tables', () => {
  it(
    verifies('DATA-1', 'are each computed of the rows of their own, and joined by the groups'),
    async () => {
      expect(await query([brand, amount, pieces])).toEqual([
        ['Acme', 30, 3],
        ['Bolt', 30, null],
        ['Core', 130, 5],
        [null, 130, null],
      ]);
      expect(await query([continent, pieces, people, amount])).toEqual([
        ['America', 5, 340, 130],
        ['Europe', 3, 151, 60],
        [null, null, null, 130],
      ]);
      expect(await query([amount, pieces, people])).toEqual([[320, 8, 491]]);
    },
  );

  it(verifies('DATA-1', 'meet in formulas'), async () => {
    const context = { a: amount, p: pieces, b: brand, n: { dim: '[Orders.Shop]' } };
    const formula = (text: string) => ({ formula: text, context });
    expect(await query([brand, formula('[a] / [p]'), formula('([p], ALL([b])) - [p]')])).toEqual([
      ['Acme', 10, 5],
      ['Bolt', null, null],
      ['Core', 26, 3],
      [null, null, null],
    ]);
    // Which brands there are is what orders and returns say, whatever a formula makes of them.
    expect(await query([continent, formula('MAX([b], [p])'), formula('MAX([n], [a])')])).toEqual([
      ['America', 5, 80],
      ['Europe', 3, 30],
      [null, null, 70],
    ]);
    expect(await query([formula('MAX([b], [a]) + MAX([b], [p])')])).toEqual([[135]]);
    expect(await query([formula('MAX([b], [a] - [p]) + COUNT([n])')])).toEqual([[127]]);
    const best = { ...brand, filter: { top: 1, by: formula('[a] - [p]') } };
    expect(await query([best, pieces])).toEqual([['Core', 5]]);
    const all = { dim: '[Brand.Name]', agg: 'count' };
    const inCountries = { formula: 'MAX([c], [all])', context: { c: continent, all } };
    expect(await query([amount, pieces, inCountries])).toEqual([[320, 8, 2]]);
    expect(await query([brand, formula('([a], ALL([b])) + ([p], ALL([b]))')])).toEqual([
      ['Acme', 328],
      ['Bolt', 328],
      ['Core', 328],
      [null, 328],
    ]);
  });

  it(
    verifies('DATA-1 D-3', 'stand all under the same filters and rules, as each would alone'),
    async () => {
      const filters = [{ dim: '[Orders.Amount]', filter: { from: 50 } }];
      expect(await query([brand, pieces], filters)).toEqual([['Core', 5]]);
      expect(await query([brand, amount, pieces], filters)).toEqual([
        ['Core', 130, 5],
        [null, 130, null],
      ]);
      const south = [rule('Shop', 'Name', { members: ['South'] })];
      expect(await query([brand, pieces], [], south)).toEqual([['Core', 5]]);
      expect(await query([brand, amount, pieces], [], south)).toEqual([
        ['Bolt', 30, null],
        ['Core', 50, 5],
        [null, 70, null],
      ]);
      const two = [rule('Returns', 'Pieces', { members: [2] })];
      expect(await query([brand, amount, pieces], [], two)).toEqual([['Acme', 30, 2]]);
      const apart = [rule('Apart', 'X', { members: ['x'] })];
      await expect(query([brand, amount, pieces], [], apart)).rejects.toMatchObject({
        code: 'rule_unreachable',
      });
    },
  );

  it(
    verifies('DATA-1', 'that may be repeated go with the one measure that leads to them'),
    async () => {
      expect(await query([brands, amount])).toEqual([[3, 320]]);
      expect(await query([brands, people])).toEqual([[4, 491]]);
      expect(await query([continent, shops, amount, pieces])).toEqual([
        ['America', 2, 130, 5],
        ['Europe', 2, 60, 3],
        [null, 2, 130, null],
      ]);
    },
  );

  it(
    verifies('DATA-1', 'are refused where it is not clear which rows are meant, or none fit'),
    async () => {
      const refused = { code: 'fan_out', pointer: '/metadata/2/jaql' };
      expect(await refusal(amount, pieces, brands)).toMatchObject(refused);
      expect(await refusal({ dim: '[Orders.Shop]' }, amount, pieces)).toMatchObject(refused);
      expect(await refusal({ dim: '[Orders.Shop]' }, amount, people)).toMatchObject(refused);
      expect(await refusal(amount, { dim: '[Apart.X]', agg: 'count' })).toMatchObject({
        code: 'no_path',
        pointer: '/metadata/1/jaql',
      });
    },
  );
});
