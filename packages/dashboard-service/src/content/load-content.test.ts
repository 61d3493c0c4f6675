import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type TempContent, tempContent } from '../../test/temp-content.ts';
import { ContentLoader } from './load-content.ts';

const sales = 'dashboards/sales.yaml';
const salesOid = 'bb0000000000000000000001';
let content: TempContent;
let failing: string | undefined;
let now: number;
let tried: number;
let loader: ContentLoader;

beforeEach(async () => {
  content = await tempContent();
  failing = undefined;
  now = 0;
  tried = 0;
  loader = new ContentLoader({
    folder: content.folder,
    now: () => now,
    openSource: async ({ title }) => {
      tried += 1;
      if (title === failing) throw Object.assign(new Error(), { code: 'source_unavailable' });
    },
  });
});
afterEach(() => content.dispose());

const problems = async () => {
  const loaded = await loader.load();
  return loaded.problems.map(({ file, pointer, lastGoodServes }) => [
    file,
    pointer,
    lastGoodServes,
  ]);
};

describe('ContentLoader', () => {
  it(
    verifies('VIEW-6', 'loads dashboards, models, users, groups, themes and settings'),
    async () => {
      const loaded = await loader.load();
      expect(loaded.problems).toEqual([]);
      expect([...loaded.dashboards.keys()]).toEqual([salesOid, 'bb0000000000000000000002']);
      expect([...loaded.models.keys()]).toEqual(['Sales', 'Warehouse Stock']);
      expect([...loaded.users.keys()]).toEqual([
        'acme-reader',
        'acme-north',
        'globex-reader',
        'acme-torn',
      ]);
      expect([...loaded.groups.keys()]).toEqual(['acme', 'north']);
      expect(loaded.themes.size).toBe(2);
      expect(loaded.settings.language).toBe('en-US');
      expect(loaded.generation).toBe(1);
    },
  );

  it(
    verifies('D-13 VIEW-6', 'takes an order for the files of a model, of columns that it reads'),
    async () => {
      const stock = 'models/stock.yaml';
      const order = async (text: string) => {
        await content.edit(stock, (model) =>
          model.replace(/sortedBy:.*\n|$/, `sortedBy: ${text}\n`),
        );
        return problems();
      };
      expect(await order('{ stock: [tenant, item] }')).toEqual([]);
      const loaded = await loader.load();
      expect(loaded.models.get('Warehouse Stock')?.source).toMatchObject({
        sortedBy: { stock: ['tenant', 'item'] },
      });
      expect(await order('{ sales: [tenant] }')).toEqual([[stock, '/sortedBy/sales', true]]);
      expect(await order('{ stock: [item, Tenant] }')).toEqual([
        [stock, '/sortedBy/stock/1', true],
      ]);
      expect(await order('{ stock: [] }')).toEqual([[stock, '/sortedBy/stock', true]]);
    },
  );

  it('gives the same snapshot while nothing changes, and the next generation after', async () => {
    const first = await loader.load();
    expect(await loader.load()).toBe(first);
    await content.edit(sales, (text) => text.replace('Sales overview', 'Sales now'));
    const second = await loader.load();
    expect(second.generation).toBe(2);
    expect(second.dashboards.get(salesOid)?.title).toBe('Sales now');
    expect(first.dashboards.get(salesOid)?.title).toBe('Sales overview');
  });

  it(
    verifies('VIEW-6', 'reports a bad file with its place and keeps the last good version'),
    async () => {
      await loader.load();
      await content.edit(sales, (text) => text.replace('widgets:', 'widgts:'));
      const broken = await loader.load();
      expect(broken.problems).toContainEqual({
        file: sales,
        line: expect.any(Number),
        column: 1,
        pointer: '/widgts',
        reason: 'unknown key "widgts"',
        lastGoodServes: true,
      });
      expect(broken.dashboards.get(salesOid)?.widgets).toHaveLength(5);
      await content.write(sales, 'oid: [');
      expect((await loader.load()).dashboards.has(salesOid)).toBe(true);
      await content.edit(sales, () => 'title: "');
      expect((await loader.load()).dashboards.has(salesOid)).toBe(true);
      await content.remove(sales);
      const removed = await loader.load();
      expect(removed.dashboards.has(salesOid)).toBe(false);
      expect(removed.problems).toEqual([]);
    },
  );

  it(verifies('VIEW-6', 'serves the rest where a file is bad from the start'), async () => {
    await content.write('users/bad.yaml', 'id: 7\n');
    await content.write('models/bad.json', '{"oid": ');
    const loaded = await loader.load();
    expect(new Set(loaded.problems.map(({ file }) => file))).toEqual(
      new Set(['models/bad.json', 'users/bad.yaml']),
    );
    expect(loaded.problems.every(({ lastGoodServes }) => !lastGoodServes)).toBe(true);
    expect(loaded.dashboards.size).toBe(2);
  });

  it.each([
    ['a data source', sales, 'dataSource: Sales', 'dataSource: Sails', '/dataSource'],
    ['a column', sales, '"[Sales.Product]"', '"[Sales.Prodct]"', '/widgets/2/metadata/0/jaql/dim'],
    [
      'a filter kind',
      sales,
      'filter: { all: true }',
      'filter: { sounds: x }',
      '/filters/0/jaql/filter/sounds',
    ],
    [
      'a widget of its own',
      sales,
      'cc0000000000000000000002',
      'cc0000000000000000000001',
      '/widgets/1/oid',
    ],
    ['a group to share with', sales, 'groups: [acme]', 'groups: [acne]', '/sharedWith/groups/0'],
    [
      'a user to share with',
      sales,
      'users: [globex-reader]',
      'users: [glob]',
      '/sharedWith/users/0',
    ],
    ['the group of a user', 'users/users.yaml', 'groups: [acme]', 'groups: [acne]', '/0/groups/0'],
    [
      'the source of a rule',
      'users/users.yaml',
      'dataSourceTitle: Sales',
      'dataSourceTitle: sales',
      '/0/rules/0/dataSourceTitle',
    ],
    ['the table of a rule', 'users/users.yaml', 'table: Sales', 'table: Sale', '/0/rules/0/table'],
    [
      'the column of a rule',
      'users/users.yaml',
      'column: Tenant',
      'column: tenant',
      '/0/rules/0/column',
    ],
    [
      'the theme of a group',
      'groups/groups.yaml',
      '5ee0a1b2c3d4e5f600000002',
      '5ee0a1b2c3d4e5f60000000f',
      '/0/theme',
    ],
    [
      'the system theme',
      'settings.yaml',
      '5ee0a1b2c3d4e5f600000001',
      '5ee0a1b2c3d4e5f60000000f',
      '/theme',
    ],
    ['a colour', 'themes/dark.yaml', '#d97706', 'url(x)', '/palette/1'],
    ['a data file', 'models/sales.yaml', 'sales.csv', 'sails.csv', '/files/sales'],
    [
      'the content folder',
      'models/sales.yaml',
      '../data/sales.csv',
      '../../../etc/passwd',
      '/files/sales',
    ],
  ])(
    verifies('VIEW-6', 'finds a reference that misses %s'),
    async (_what, file, from, to, pointer) => {
      await loader.load();
      await content.edit(file, (text) => text.replace(from, to));
      expect(await problems()).toContainEqual([file, pointer, true]);
    },
  );

  it('refuses an id that another file has, and keeps the first', async () => {
    await loader.load();
    await content.write('users/a.yaml', 'id: acme-reader\nname: Impostor\n');
    expect(await problems()).toEqual([['users/a.yaml', '/id', false]]);
    expect((await loader.load()).users.get('acme-reader')?.name).toBe('Acme Reader');
  });

  it('refuses an id that stands twice in one file', async () => {
    await content.write('users/a.yaml', '[{ id: x, name: X }, { id: x, name: Y }]');
    expect(await problems()).toEqual([['users/a.yaml', '/1/id', false]]);
  });

  it(verifies('VIEW-6', 'reports a source that cannot be opened and serves the rest'), async () => {
    failing = 'Warehouse Stock';
    expect((await loader.load()).problems).toEqual([]);
    await loader.firstTried();
    expect(await problems()).toEqual([['models/stock.yaml', '/files', true]]);
    const loaded = await loader.load();
    expect([...loaded.models.keys()]).toEqual(['Sales', 'Warehouse Stock']);
    // The same again is no news, and is not tried before its time.
    now += 2999;
    const before = tried;
    expect(await loader.load()).toBe(loaded);
    expect(tried).toBe(before);
    now += 1;
    expect(await loader.load()).toBe(loaded);
    expect(tried).toBeGreaterThan(before);
    failing = undefined;
    now += 6000;
    expect((await loader.load()).problems).toEqual([]);
  });

  it(verifies('VIEW-6', 'takes no new source that cannot be opened'), async () => {
    await loader.load();
    await loader.firstTried();
    failing = 'Warehouse Stock';
    const { sourceKey } = (await loader.load()).models.get('Warehouse Stock') ?? {};
    await content.write('data/stock.csv', 'tenant\nacme\n');
    expect(await problems()).toEqual([['models/stock.yaml', '/files', true]]);
    expect((await loader.load()).models.get('Warehouse Stock')?.sourceKey).toBe(sourceKey);
  });

  it('serves data that arrives later', async () => {
    await content.remove('data/stock.csv');
    expect((await loader.load()).models.has('Warehouse Stock')).toBe(false);
    await content.write('data/stock.csv', 'tenant,item,pieces\nacme,Chair,1\n');
    expect((await loader.load()).models.has('Warehouse Stock')).toBe(true);
    const { sourceKey } = (await loader.load()).models.get('Warehouse Stock') ?? {};
    await content.write('data/stock.csv', 'tenant,item,pieces\nacme,Chair,2\n');
    expect((await loader.load()).models.get('Warehouse Stock')?.sourceKey).not.toBe(sourceKey);
  });

  it('keeps a dashboard in service whose model lost a column', async () => {
    await loader.load();
    await content.edit('models/sales.yaml', (text) => text.replace(/.*Product.*\n/, ''));
    expect(await problems()).toEqual([[sales, '/widgets/2/metadata/0/jaql/dim', true]]);
    expect((await loader.load()).dashboards.has(salesOid)).toBe(true);
  });

  it(
    verifies(
      'VIEW-6 DATA-1',
      'says where in a formula it cannot go on, and what may have been meant',
    ),
    async () => {
      const measure = 'jaql: { dim: "[Sales.Amount]", datatype: numeric, agg: sum, title: Amount }';
      const formula = (text: string) =>
        `jaql: { title: Ratio, formula: '${text}', context: { "[amount]": { dim: "[Sales.Amount]" } } }`;
      await content.edit(sales, (text) => text.replace(measure, formula('SUM([amount]) / 2')));
      expect(await problems()).toEqual([]);
      await content.edit(sales, (text) => text.replace('SUM([amount]) / 2', '1 + SUMM([amount])'));
      const [problem] = (await loader.load()).problems;
      expect(problem).toMatchObject({ pointer: '/widgets/0/metadata/0/jaql/formula' });
      expect(problem?.reason).toContain('(formula_function) at character 5 of the formula');
      expect(problem?.reason).toContain('"sum"');
    },
  );
});
