import type { DashboardFilter, FilterRelations, JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { openSample, rule } from '../testing/sample-database.ts';

let sample: Awaited<ReturnType<typeof openSample>>;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample.close());

const shop = (...members: unknown[]) => ({ dim: '[Shop.Name]', filter: { members } });
const brand = (...members: unknown[]) => ({ dim: '[Brand.Name]', filter: { members } });
const continent = (...members: unknown[]) => ({ dim: '[Country.Continent]', filter: { members } });
const label = (filter: object) => ({ dim: '[Orders.Label]', filter });
const named = (jaql: object, instanceid: string, more: object = {}): DashboardFilter =>
  ({ jaql, instanceid, ...more }) as DashboardFilter;
const cascade = (levels: readonly object[], more: object = {}): DashboardFilter =>
  ({ isCascading: true, levels, ...more }) as DashboardFilter;
const or = (left: object, right: object) => ({ operator: 'OR', left, right });
const and = (left: object, right: object) => ({ operator: 'AND', left, right });
const the = (instanceid: string) => ({ instanceid });

const orders = [{ jaql: { dim: '[Orders.ID]', sort: 'asc' } }] as JaqlItem[];
const big = ['9007199254740992', '9007199254740993'] as const;
const kept = async (filters: readonly DashboardFilter[], more: object = {}) =>
  (await sample.query({ metadata: orders, ungroup: true }, { filters, ...more })).map(([id]) => id);
const refusal = async (filters: readonly DashboardFilter[], filterRelations?: object) => {
  try {
    await kept(filters, filterRelations === undefined ? {} : { filterRelations });
  } catch (error) {
    return error as { code: string; pointer: string };
  }
  return undefined;
};

describe('cascading filters', () => {
  it(verifies('DATA-1', 'restrict by each of their levels'), async () => {
    expect(await kept([cascade([continent('Europe'), brand('Bolt')])])).toEqual([3, 4]);
    expect(await kept([cascade([continent('America'), brand('Bolt')])])).toEqual([]);
    expect(await kept([cascade([continent('Europe'), { dim: '[Brand.Name]' }])])).toEqual([
      1, 2, 3, 4,
    ]);
  });

  it('let go of their levels, but for backgrounds, where they are switched off or ignored', async () => {
    const european = { ...continent('Europe').filter, filter: { exclude: { members: ['Asia'] } } };
    const levels = [{ dim: '[Country.Continent]', filter: european }, brand('Bolt')];
    const ofBackground = [1, 2, 3, 4, 5, 6, ...big];
    expect(await kept([cascade(levels, { disabled: true })])).toEqual(ofBackground);
    expect(await kept([cascade(levels)], { ignore: ['[Brand.Name]'] })).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['no levels', { levels: [] }, '/filters/0/levels'],
    ['levels that are no list', { levels: {} }, '/filters/0/levels'],
    ['a level that is no field', { levels: [{ dim: '[No.Where]' }] }, '/filters/0/levels/0/dim'],
    ['a measure', { levels: [{ dim: '[Orders.Amount]', agg: 'sum' }] }, '/filters/0/levels/0'],
    ['another key', { levels: [brand('Bolt')], jaql: {} }, '/filters/0/jaql'],
    [
      'a level with flags',
      { levels: [{ ...brand(), locked: true }] },
      '/filters/0/levels/0/locked',
    ],
  ])('are refused with %s', async (_name, more, pointer) => {
    const filter = { isCascading: true, ...more } as unknown as DashboardFilter;
    expect(await refusal([filter])).toMatchObject({ pointer });
  });
});

describe('members under filters', () => {
  it(verifies('DATA-1', 'are those that the levels above leave'), async () => {
    const request = { dim: '[Brand.Name]', filters: [{ jaql: continent('Europe') }] };
    expect(await sample.members(request as never)).toEqual(['Acme', 'Bolt']);
    const down = { dim: '[Brand.Name]', filters: [{ jaql: shop('South') }] };
    expect(await sample.members(down as never)).toEqual(['Bolt', 'Core']);
  });

  it('take only the background of dashboard filters', async () => {
    const filters = [
      named(
        {
          dim: '[Brand.Name]',
          filter: { members: ['Core'], filter: { exclude: { members: ['Bolt'] } } },
        },
        'a',
      ),
    ];
    expect(await sample.members({ dim: '[Brand.Name]' }, { filters })).toEqual([
      'Acme',
      'Core',
      'Dust',
    ]);
  });

  it('are refused under measures', async () => {
    const filters = [{ jaql: { dim: '[Orders.Amount]', agg: 'sum', filter: { from: 1 } } }];
    await expect(sample.members({ dim: '[Brand.Name]', filters } as never)).rejects.toMatchObject({
      code: 'filter_unsupported',
      pointer: '/filters/0/jaql',
    });
  });
});

describe('filter relations', () => {
  const filters = [
    named(shop('North'), 'shop'),
    named(brand('Bolt'), 'brand'),
    named(label({ contains: 'a' }), 'label'),
  ];
  const related = (filterRelations: FilterRelations, of: readonly DashboardFilter[] = filters) =>
    kept(of, { filterRelations });

  it(
    verifies('DATA-1', 'join filters by AND where they say nothing, and by OR where they do'),
    async () => {
      expect(await kept(filters)).toEqual([]);
      expect(await related(or(the('shop'), the('brand')))).toEqual([1, 2, 3, big[1]]);
      expect(await related(or(the('shop'), or(the('brand'), the('label'))))).toEqual([
        1,
        2,
        3,
        4,
        6,
        ...big,
      ]);
      expect(await related(or(and(the('shop'), the('label')), the('brand')))).toEqual([
        1,
        2,
        3,
        4,
        big[1],
      ]);
      expect(await related(and(the('label'), or(the('shop'), the('brand'))))).toEqual([
        1,
        2,
        3,
        big[1],
      ]);
    },
  );

  it('read the form that dashboards write, cascading filters in it', async () => {
    const leaf = (instanceId: string) => ({ type: 'Identifier', instanceId });
    const tree = {
      type: 'LogicalExpression',
      operator: 'OR',
      left: {
        type: 'ParenthesizedLogicalExpression',
        value: { type: 'CascadingIdentifier', levels: [leaf('land'), leaf('brand')] },
      },
      right: leaf('label'),
    };
    const levels = [
      { ...continent('Europe'), instanceid: 'land' },
      { ...brand('Bolt'), instanceid: 'brand' },
    ];
    const both = [cascade(levels, { instanceid: 'both' }), named(label({ equals: '' }), 'label')];
    expect(await related(tree, both)).toEqual([3, 4, 5, 6]);
    expect(await related(or(the('both'), the('label')), both)).toEqual([3, 4, 5, 6]);
  });

  it('ask one row down a relation to meet what is ANDed, and any row what is ORed', async () => {
    const ofBrand = async (filterRelations: FilterRelations) =>
      sample.query(
        { metadata: [{ jaql: { dim: '[Brand.Name]' } }] },
        {
          filters: [named(shop('South'), 's'), named(label({ equals: 'Apple' }), 'l')],
          filterRelations,
        },
      );
    expect(await ofBrand(or(the('s'), the('l')))).toEqual([['Acme'], ['Bolt'], ['Core']]);
    expect(await ofBrand(and(the('s'), the('l')))).toEqual([]);
  });

  it(verifies('D-1', 'never hold a background filter or data security'), async () => {
    const background = { members: ['North'], filter: { exclude: { members: ['South'] } } };
    const of = [
      named({ dim: '[Shop.Name]', filter: background }, 'shop'),
      named(brand('Bolt'), 'brand'),
    ];
    // Order 4 has no shop, which excluding South keeps; order 3 is of South.
    expect(await related(or(the('shop'), the('brand')), of)).toEqual([1, 2, 4, 6, big[1]]);
    const rules = [rule('Orders', 'Label', { members: ['Apple', 'Banana'] })];
    const secured = await kept(filters, { rules, filterRelations: or(the('shop'), the('brand')) });
    expect(secured.every((id) => id === 1 || id === 3)).toBe(true);
  });

  it('leave out of the tree what restricts nothing', async () => {
    const tree = or(the('shop'), the('brand'));
    const off = (more: object, filter: object = { members: ['Bolt'] }) =>
      related(tree, [
        named(shop('North'), 'shop'),
        named({ dim: '[Brand.Name]', filter }, 'brand', more),
      ]);
    const ofShop = [1, 2, 6, big[1]];
    expect(await off({ disabled: true })).toEqual(ofShop);
    expect(await off({}, { all: true })).toEqual(ofShop);
    expect(
      await kept([named(shop('North'), 'shop'), named(brand('Bolt'), 'brand')], {
        filterRelations: tree,
        ignore: ['[Brand.Name]'],
      }),
    ).toEqual(ofShop);
  });

  it('hold rankings, which see what the filters outside of the tree leave', async () => {
    const by = { dim: '[Orders.Amount]', agg: 'sum' };
    const top = named({ dim: '[Brand.Name]', filter: { top: 1, by } }, 'top');
    expect(
      await related(or(the('top'), the('label')), [
        top,
        named(label({ equals: 'Apple' }), 'label'),
      ]),
    ).toEqual([1, 5, big[1]]);
  });

  it('join the items of a query', async () => {
    const metadata = [
      ...orders,
      { ...named(shop('North'), 'a'), panel: 'scope' },
      { ...named(brand('Bolt'), 'b'), panel: 'scope' },
    ] as JaqlItem[];
    const query = { metadata, ungroup: true, filterRelations: or(the('a'), the('b')) };
    expect((await sample.query(query)).map(([id]) => id)).toEqual([1, 2, 3, 4, 6, big[1]]);
  });

  const leaf = the('shop');
  let deep: object = leaf;
  for (let depth = 0; depth < 40; depth += 1) deep = and(deep, leaf);
  it.each([
    [
      'an instance that is not there',
      or(leaf, the('x')),
      'filter_invalid',
      '/relations/right/instanceid',
    ],
    ['an instance that is no text', { instanceid: 5 }, 'filter_invalid', '/relations'],
    [
      'another operator',
      { ...or(leaf, leaf), operator: 'XOR' },
      'filter_unsupported',
      '/relations/operator',
    ],
    [
      'a node of another type',
      { type: 'UnaryExpression', value: leaf },
      'filter_unsupported',
      '/relations',
    ],
    ['an empty node', {}, 'filter_unsupported', '/relations'],
    ['another key', { ...leaf, negate: true }, 'filter_unsupported', '/relations/negate'],
    ['one side', { operator: 'OR', left: leaf }, 'filter_invalid', '/relations/right'],
    [
      'no levels',
      { type: 'CascadingIdentifier', levels: [] },
      'filter_invalid',
      '/relations/levels',
    ],
    ['a list', [leaf], 'filter_invalid', '/relations'],
  ])('are refused with %s', async (_name, tree, code, pointer) => {
    expect(await refusal(filters, tree)).toMatchObject({ code, pointer });
  });

  it('are refused when nested too deeply, and with measures in an OR', async () => {
    expect(await refusal(filters, deep)).toMatchObject({ code: 'filter_invalid' });
    const sum = named({ dim: '[Orders.Amount]', agg: 'sum', filter: { from: 1 } }, 'sum');
    const metadata = [{ jaql: { dim: '[Brand.Name]' } }];
    const ask = (filterRelations: FilterRelations) =>
      sample.query({ metadata }, { filters: [sum, ...filters], filterRelations });
    await expect(ask(or(the('sum'), the('shop')))).rejects.toMatchObject({
      code: 'filter_unsupported',
      pointer: '/relations/left/instanceid',
    });
    await expect(ask(and(the('sum'), the('shop')))).resolves.toBeDefined();
  });
});
