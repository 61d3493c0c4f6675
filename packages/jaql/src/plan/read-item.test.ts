import type { JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { compileQuery } from '../index.ts';
import { context, openSample } from '../testing/sample-database.ts';

let sample: Awaited<ReturnType<typeof openSample>>;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample.close());

const items = (...jaqls: object[]) => jaqls.map((jaql) => ({ jaql })) as unknown as JaqlItem[];
const _scope = (jaql: object) => ({ jaql, panel: 'scope' }) as unknown as JaqlItem;
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

describe('dashboard filters', () => {
  const filter = (jaql: object, more: object = {}) => ({ jaql, ...more }) as unknown as JaqlItem;
  const north = { dim: '[Shop.Name]', filter: { members: ['North'] } };
  const total = async (filters: JaqlItem[], more: object = {}) =>
    (await sample.query({ metadata: items(sum) }, { filters, ...more }))[0]?.[0];

  it(verifies('TOK-8', 'apply to every query'), async () => {
    expect(await total([])).toBe(320);
    expect(await total([filter(north)])).toBe(170);
  });

  it(
    verifies('DATA-1', 'are off where disabled or ignored, but for their background'),
    async () => {
      expect(await total([filter(north, { disabled: true })])).toBe(320);
      expect(await total([filter(north)], { ignore: ['[Shop.Name]'] })).toBe(320);
      const both = {
        ...north,
        filter: { members: ['South'], filter: { members: ['North', 'South'] } },
      };
      expect(await total([filter(both)])).toBe(150);
      expect(await total([filter(both, { disabled: true })])).toBe(320);
      const never = { ...north, filter: { members: ['North'], filter: { members: ['South'] } } };
      expect(await total([filter(never)])).toBe(null);
      expect(await total([filter(never, { disabled: true })])).toBe(150);
      expect(await total([filter(never)], { ignore: ['[Shop.Name]'] })).toBe(150);
    },
  );

  it(verifies('DATA-1', 'may be on a measure, and have a background there too'), async () => {
    const large = { ...sum, filter: { from: 400, filter: { from: 160 } } };
    const shops = (filters: JaqlItem[], more: object = {}) =>
      sample.query({ metadata: items(shop, sum) }, { filters, ...more });
    expect(await shops([filter(large)])).toEqual([]);
    expect(await shops([filter(large, { disabled: true })])).toEqual([['North', 170]]);
    expect(await shops([filter(large)], { ignore: ['[Orders.Amount]'] })).toEqual([['North', 170]]);
    await expect(
      sample.query({ metadata: items(shop), ungroup: true }, { filters: [filter(large)] }),
    ).rejects.toMatchObject({ code: 'query_invalid', pointer: '/ungroup' });
  });

  it(verifies('DATA-1', 'refuse an unknown field to ignore'), async () => {
    await expect(total([], { ignore: ['[Shop.Nam]'] })).rejects.toMatchObject({
      code: 'field_unknown',
    });
  });
});

describe('items', () => {
  it(verifies('DATA-1', 'describes its columns in the order of the query'), () => {
    const metadata = [
      {
        jaql: { dim: '[Orders.Day]', level: 'months', title: 'Month' },
        panel: 'category',
        format: { compact: true },
      },
      { jaql: { dim: '[Shop.Name]', filter: {} }, panel: 'scope' },
      { jaql: { table: 'Orders', column: 'Amount', agg: 'sum' }, panel: 'value' },
    ] as const;
    expect(compileQuery({ metadata: [...metadata] }, context()).items).toEqual([
      {
        index: 0,
        role: 'dimension',
        jaql: {
          dim: '[Orders.Day (Calendar)]',
          level: 'months',
          title: 'Month',
          datatype: 'datetime',
        },
        panel: 'category',
        format: { compact: true },
      },
      {
        index: 2,
        role: 'measure',
        jaql: {
          dim: '[Orders.Amount]',
          table: 'Orders',
          column: 'Amount',
          agg: 'sum',
          title: 'sum Amount',
          datatype: 'numeric',
        },
        panel: 'value',
      },
    ]);
  });

  it(verifies('DATA-1', 'marks the members of a highlight and keeps the others'), async () => {
    const selected = { jaql: { dim: '[Shop.Name]', filter: { members: ['South'] } } };
    const metadata = items({ ...shop, in: { selected } }, sum);
    expect(compileQuery({ metadata }, context()).items[0]?.selected).toBe(2);
    expect(await sample.query({ metadata })).toEqual([
      ['North', 170, false],
      ['South', 150, true],
      [null, null, false],
    ]);
  });

  it('leaves a disabled item out', async () => {
    const metadata = [...items(sum), { jaql: shop, disabled: true }];
    expect(await sample.query({ metadata })).toEqual([[320]]);
  });

  it.each([
    ['an unknown table', { table: 'Nowhere', column: 'ID' }, 'field_unknown', '/column'],
    ['a dim of another case', { dim: '[orders.ID]' }, 'field_unknown', '/dim'],
    ['a calendar that is none', { dim: '[Orders.ID (Calendar)]' }, 'field_unknown', '/dim'],
    ['half a name', { table: 'Orders' }, 'item_invalid', ''],
    [
      'two fields',
      { dim: '[Orders.ID]', table: 'Orders', column: 'Label' },
      'item_invalid',
      '/dim',
    ],
    ['a level on a text', { dim: '[Orders.Label]', level: 'years' }, 'item_invalid', '/level'],
    ['an unknown level', { dim: '[Orders.Day]', level: 'decades' }, 'item_invalid', '/level'],
    ['another datatype', { dim: '[Orders.ID]', datatype: 'text' }, 'item_invalid', '/datatype'],
    ['an unknown sort', { dim: '[Orders.ID]', sort: 'up' }, 'item_invalid', '/sort'],
    ['an unknown placeholder', { formula: '[a]', context: {} }, 'formula_reference', '/formula'],
    ['an unknown key', { dim: '[Orders.ID]', magic: 1 }, 'item_unsupported', '/magic'],
    [
      'another data source',
      { dim: '[Orders.ID]', datasource: 'Other' },
      'query_invalid',
      '/datasource',
    ],
    [
      'a highlight of another field',
      { ...shop, in: { selected: { jaql: { dim: '[Orders.ID]', filter: {} } } } },
      'item_invalid',
      '/in',
    ],
    ['another kind of in', { ...shop, in: { other: {} } }, 'item_unsupported', '/in/other'],
  ])(verifies('DATA-1', 'refuses %s'), async (_name, jaql, code, pointer) => {
    expect(await refusal(items(jaql))).toMatchObject({
      code,
      pointer: `/metadata/0/jaql${pointer}`,
    });
  });

  it('refuses highlights of highlights, however deep', async () => {
    let jaql: object = { ...shop, filter: {} };
    for (let depth = 0; depth < 20_000; depth++) jaql = { ...shop, in: { selected: { jaql } } };
    expect(await refusal(items(jaql))).toMatchObject({ code: 'item_unsupported' });
  });

  it(verifies('DATA-1', 'refuses what queries do not offer'), async () => {
    expect(await refusal(items(shop), { magic: 1 })).toMatchObject({
      code: 'query_unsupported',
      pointer: '/magic',
    });
    expect(await refusal([])).toMatchObject({ code: 'query_invalid', pointer: '/metadata' });
    expect(await refusal([{ jaql: shop, isCascading: true } as unknown as JaqlItem])).toMatchObject(
      {
        code: 'item_unsupported',
      },
    );
    expect(await refusal(items(shop), { datasource: { title: 'Other' } })).toMatchObject({
      pointer: '/datasource',
    });
  });
});
