import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { checkModel, compileQuery, type Model, type ModelTable } from '../index.ts';
import { hostileTexts } from '../testing/hostile-texts.ts';
import { context, openSample, rule } from '../testing/sample-database.ts';
import { sampleModel } from '../testing/sample-model.ts';

const columns = sampleModel.tables.find(({ name }) => name === 'Orders')?.columns ?? [];
const withOrders = (orders: Omit<ModelTable, 'name' | 'columns'>): Model => ({
  ...sampleModel,
  tables: sampleModel.tables.map((table) =>
    table.name === 'Orders' ? { name: 'Orders', columns, ...orders } : table,
  ),
});
const live = withOrders({
  sql: "SELECT * FROM orders WHERE shop = :shop AND amount::BIGINT >= :least -- of one shop, not 'all'",
  parameters: { shop: 'text', least: 'numeric' },
});
const ids = { metadata: [{ jaql: { dim: '[Orders.ID]' } }] };

let sample: Awaited<ReturnType<typeof openSample>>;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample.close());

describe('a live table', () => {
  it(
    verifies('TOK-15', 'holds what its SELECT gives with the parameters of the user'),
    async () => {
      const of = (shop: string, least: number | string) =>
        sample.query(ids, { model: live, parameters: { shop, least, unused: true } });
      expect(await of('South', 0)).toEqual([[3], [5], ['9007199254740992'].map(String)]);
      expect(await of('North', 60)).toEqual([[6], ['9007199254740993']]);
      expect(await of('North', '20')).toEqual([[2], [6], ['9007199254740993']]);
    },
  );

  it(
    verifies('TOK-15 DATA-2', 'is restricted by rules like any other, also from afar'),
    async () => {
      const rules = [rule('Country', 'Continent', { members: ['Europe'] })];
      const more = { model: live, parameters: { shop: 'North', least: 0 }, rules };
      expect(await sample.query(ids, more)).toEqual([[1], [2]]);
      const brands = { metadata: [{ jaql: { dim: '[Brand.Name]' } }] };
      const below = { ...more, rules: [rule('Orders', 'Label', { members: ['Apple'] })] };
      expect(await sample.query(brands, below)).toEqual([['Acme']]);
    },
  );

  it(verifies('TOK-15 D-8', 'binds what the directory says, whatever it is'), async () => {
    const texts = new Set<string>();
    for (const shop of hostileTexts) {
      const scope = context({ model: live, parameters: { shop, least: 0 } });
      try {
        const compiled = compileQuery(ids, scope);
        texts.add(compiled.text);
        expect(await sample.run(compiled)).toEqual([]);
      } catch (error) {
        expect(error).toMatchObject({ code: 'parameter_missing' });
      }
    }
    expect(texts.size).toBe(1);
  });

  it.each([
    ['none', {}],
    ['one of two', { shop: 'North' }],
    ['null', { shop: null, least: 1 }],
    ['a number for a text', { shop: 7, least: 1 }],
    ['a boolean', { shop: true, least: 1 }],
    ['a text for a number', { shop: 'North', least: 'many' }],
    ['a rounded number', { shop: 'North', least: 2 ** 60 }],
    ['a list', { shop: ['North'], least: 1 }],
    ['an inherited one', Object.create({ shop: 'North', least: 1 })],
  ])(verifies('TOK-15', 'closes its whole source to who has %s'), (_what, parameters) => {
    const metadata = [{ jaql: { dim: '[Apart.X]' } }];
    expect(() => compileQuery({ metadata }, context({ model: live, parameters }))).toThrow(
      expect.objectContaining({ code: 'parameter_missing' }),
    );
  });

  it.each<[string, Omit<ModelTable, 'name' | 'columns'>]>([
    ['no SELECT', { sql: 'DELETE FROM orders' }],
    ['no sql', { sql: '' }],
    ['two statements', { sql: 'SELECT 1; SELECT 2' }],
    ['a parameter that it does not use', { sql: 'SELECT 1 AS x', parameters: { shop: 'text' } }],
    ['only a cast to its name', { sql: "SELECT '1'::shop", parameters: { shop: 'text' } }],
    ['parameters of the statement around it', { sql: 'SELECT * FROM orders WHERE shop = $1' }],
    ['the same of ClickHouse', { sql: 'SELECT * FROM orders WHERE shop = {p1:String}' }],
    ['sql beside from', { sql: 'SELECT 1', from: 'orders' }],
    ['parameters without sql', { from: 'orders', parameters: { shop: 'text' } }],
    ['neither', {}],
  ])('is refused with %s', (_what, orders) => {
    const problems = checkModel(withOrders(orders));
    expect(problems.map(({ pointer }) => pointer.slice(0, 9))).toEqual(['/tables/0']);
  });
});
