import type { JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { openSample, rule } from '../testing/sample-database.ts';

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

describe('rankings and filters on measures', () => {
  const brands = (filter: object, ...more: object[]) =>
    sample.query({ metadata: items({ dim: '[Brand.Name]', filter }, ...more) });

  it(verifies('DATA-1', 'keeps the first members by a measure'), async () => {
    expect(await brands({ top: 1, by: sum }, sum)).toEqual([['Core', 130]]);
    expect(await brands({ bottom: 1, by: { jaql: sum } }, sum)).toEqual([['Acme', 30]]);
  });

  it(verifies('DATA-1', 'breaks ties by member, ascending'), async () => {
    expect(await brands({ bottom: 1, by: sum })).toEqual([['Acme']]);
    expect(await brands({ top: 2, by: { dim: '[Orders.ID]', agg: 'count' } })).toEqual([
      ['Acme'],
      ['Bolt'],
    ]);
    expect(await brands({ top: 1, by: { dim: '[Orders.ID]', agg: 'count' } })).toEqual([['Acme']]);
  });

  it(
    verifies(
      'DATA-1',
      'ranks members beside other dimensions, below other filters, and switched round',
    ),
    async () => {
      const top = { dim: '[Brand.Name]', filter: { top: 1, by: sum } };
      expect(await sample.query({ metadata: items(shop, top, sum) })).toEqual([
        ['North', 'Core', 80],
        ['South', 'Core', 50],
      ]);
      expect(await sample.query({ metadata: [...items(shop, sum), scope(top)] })).toEqual([
        ['North', 80],
        ['South', 50],
      ]);
      const small = scope({ dim: '[Orders.Amount]', filter: { to: 30 } });
      expect(await sample.query({ metadata: [...items(top, sum), small] })).toEqual([['Acme', 30]]);
      expect(await sample.query({ metadata: [...items(shop, top, sum), small] })).toEqual([
        ['North', 'Acme', 30],
      ]);
      expect(await brands({ exclude: { top: 1, by: sum } }, sum)).toEqual([
        ['Acme', 30],
        ['Bolt', 30],
        [null, 130],
      ]);
      expect(await brands({ and: [{ top: 2, by: sum }, { startsWith: 'a' }] }, sum)).toEqual([
        ['Acme', 30],
      ]);
    },
  );

  it(verifies('D-4', 'ranks only what the rules leave'), async () => {
    const rules = [rule('Brand', 'Name', { members: ['Core'], exclusionary: true })];
    const metadata = items({ dim: '[Brand.Name]', filter: { top: 1, by: sum } }, sum);
    expect(await sample.query({ metadata }, { rules })).toEqual([['Acme', 30]]);
  });

  it(verifies('DATA-1', 'ranks rows by a measure'), async () => {
    const rows = await sample.query({ metadata: items(shop, { ...sum, filter: { top: 1 } }) });
    expect(rows).toEqual([['North', 170]]);
  });

  it(verifies('DATA-1', 'filters after aggregation, shown or not'), async () => {
    const large = { ...sum, filter: { from: 160 } };
    expect(await sample.query({ metadata: items(shop, large) })).toEqual([['North', 170]]);
    expect(await sample.query({ metadata: [...items(shop), scope(large)] })).toEqual([['North']]);
    expect(
      await sample.query({ metadata: items(shop, { ...sum, filter: { exclude: { from: 160 } } }) }),
    ).toEqual([
      ['South', 150],
      [null, null],
    ]);
  });

  it(verifies('DATA-1', 'refuses a ranking by a field or by nothing known'), async () => {
    for (const by of [
      { dim: '[Orders.Amount]' },
      { ...sum, filter: { from: 1 } },
      { dim: '[X.Y]', agg: 'sum' },
      {},
    ]) {
      const error = await refusal(items({ dim: '[Brand.Name]', filter: { top: 1, by } }));
      expect(error?.pointer).toContain('/metadata/0/jaql/filter/by');
    }
  });
});
