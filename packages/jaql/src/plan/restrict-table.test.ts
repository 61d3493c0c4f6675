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
const _scope = (jaql: object) => ({ jaql, panel: 'scope' }) as unknown as JaqlItem;
const shop = { dim: '[Shop.Name]' };
const sum = { dim: '[Orders.Amount]', agg: 'sum' };
const _refusal = async (metadata: JaqlItem[], more: object = {}) => {
  try {
    await sample.query({ metadata, ...more });
  } catch (error) {
    return error as { code: string; pointer: string };
  }
  return undefined;
};

describe('members', () => {
  it(verifies('DATA-1', 'are distinct, sorted, searched and paged'), async () => {
    expect(await sample.members({ dim: '[Orders.Shop]' })).toEqual(['North', 'South']);
    expect(await sample.members({ dim: '[Orders.Label]', term: 'APP' })).toEqual([
      'Apple',
      'apple pie',
    ]);
    expect(await sample.members({ dim: '[Orders.Label]', term: '%' })).toEqual(['100%']);
    expect(
      await sample.members({ dim: '[Orders.Amount]', term: '0', count: 1, offset: 1 }),
    ).toEqual([20, 30]);
    const years = await sample.members({
      dim: '[Orders.Day (Calendar)]',
      level: 'years',
      term: '2013',
    });
    expect(years).toHaveLength(1);
  });

  it(
    verifies('DATA-2 D-4', 'never show what rules leave out, on the table or beyond it'),
    async () => {
      const own = [rule('Brand', 'Name', { members: ['Acme'], exclusionary: true })];
      expect(await sample.members({ dim: '[Brand.Name]' }, { rules: own })).toEqual([
        'Bolt',
        'Core',
        'Dust',
      ]);
      const above = [rule('Country', 'Continent', { members: ['Europe'] })];
      expect(await sample.members({ dim: '[Brand.Name]' }, { rules: above })).toEqual([
        'Acme',
        'Bolt',
      ]);
      const below = [rule('Orders', 'Shop', { members: ['South'] })];
      expect(await sample.members({ dim: '[Country.Code]' }, { rules: below })).toEqual([
        'FR',
        'US',
      ]);
      const aside = [rule('Returns', 'Pieces', { members: [5] })];
      expect(await sample.members({ dim: '[Orders.Label]' }, { rules: aside })).toEqual([
        '',
        'aXb',
      ]);
    },
  );

  it('are narrowed by backgrounds of dashboard filters and not by what is chosen in them', async () => {
    const filters = [
      {
        jaql: {
          dim: '[Orders.Shop]',
          filter: { members: ['North'], filter: { exclude: { members: ['South'] } } },
        },
      },
      { jaql: { dim: '[Brand.Name]', filter: { members: ['Acme'] } } },
    ];
    expect(await sample.members({ dim: '[Orders.Shop]' }, { filters })).toEqual(['North']);
    expect(await sample.members({ dim: '[Brand.Name]' }, { filters })).toEqual([
      'Acme',
      'Bolt',
      'Core',
    ]);
  });

  it.each([
    ['an unknown dim', { dim: '[X.Y]' }, 'field_unknown', '/dim'],
    ['a term that is no text', { dim: '[Orders.Shop]', term: {} }, 'query_invalid', '/term'],
    ['a term with NUL', { dim: '[Orders.Shop]', term: '\0' }, 'query_invalid', '/term'],
    ['an unknown key', { dim: '[Orders.Shop]', filter: {} }, 'query_unsupported', '/filter'],
  ])('refuse %s', async (_name, request, code, pointer) => {
    await expect(sample.members(request as never)).rejects.toMatchObject({ code, pointer });
  });
});

describe('rules across tables', () => {
  it(verifies('D-3', 'restrict tables that the query does not join'), async () => {
    const rules = [rule('Country', 'Continent', { members: ['Europe'] })];
    expect(await sample.query({ metadata: items(sum) }, { rules })).toEqual([[60]]);
    expect(
      await sample.query({ metadata: items({ dim: '[Returns.Pieces]', agg: 'sum' }) }, { rules }),
    ).toEqual([[3]]);
    expect(await sample.query({ metadata: items(shop) }, { rules })).toEqual([
      ['North'],
      ['South'],
    ]);
  });

  it(verifies('D-3', 'leave out rows that lead nowhere on the way to a rule'), async () => {
    const rules = [rule('Brand', 'Name', { members: ['Acme'], exclusionary: true })];
    expect(await sample.query({ metadata: items(sum) }, { rules })).toEqual([[160]]);
  });

  it(verifies('D-3', 'refuse a query that they cannot reach'), async () => {
    const rules = [rule('Apart', 'X', { members: ['x'] })];
    await expect(sample.query({ metadata: items(sum) }, { rules })).rejects.toMatchObject({
      code: 'rule_unreachable',
    });
    await expect(sample.members({ dim: '[Shop.Name]' }, { rules })).rejects.toMatchObject({
      code: 'rule_unreachable',
    });
    expect(await sample.members({ dim: '[Apart.X]' }, { rules })).toEqual(['x']);
  });
});
