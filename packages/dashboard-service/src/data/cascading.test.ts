import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { dataOf, filterOn, rowsOf, widgets } from '../../test/ask.ts';
import { type SessionHeaders, startService, type TestService } from '../../test/start-service.ts';

const dashboard = 'bb0000000000000000000001';
const region = { dim: '[Sales.Region]', title: 'Region', filter: { members: ['South'] } };
const product = { dim: '[Sales.Product]', title: 'Product', filter: { all: true } };
const background = { exclude: { members: ['Lamp'] } };
const cascade = (...levels: object[]) => ({ isCascading: true, levels });
const members = (...chosen: string[]) => ({ members: chosen });

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const acme = (grants: object = {}) => service.open({ sub: 'acme-reader', grants });
const amount = async (headers: SessionHeaders, body: object = {}) =>
  rowsOf((await dataOf(service, headers, body)).get(widgets.amount))[0]?.[0];
const offered = async (headers: SessionHeaders, body: object) => {
  const path = '/api/datasources/Sales/members';
  const response = await service.call(path, headers, body);
  const answer = (await response.json()) as { members?: { data: string }[]; code?: string };
  return answer.members?.map(({ data }) => data) ?? answer.code;
};
const problems = async () => {
  const response = await service.call('/api/v1/content/errors', service.admin);
  const { errors } = (await response.json()) as { errors: { pointer: string }[] };
  return errors.map(({ pointer }) => pointer);
};
/** The dashboard with these filters in place of its first one. */
const store = async (filters: string, relations = '') => {
  await service.content.edit('dashboards/sales.yaml', (text) =>
    text
      .replace(/filters:\n {2}- .*\n/, `filters:\n${filters}`)
      .replace('\nwidgets:', `\n${relations}widgets:`),
  );
  await service.refresh();
  expect(await problems()).toEqual([]);
};

describe('cascading filters', () => {
  it(verifies('TOK-8 DATA-1', 'restrict from flt, and from a body'), async () => {
    const flt = [cascade(region, { ...product, filter: members('Lamp') })];
    expect(await amount(await acme({ flt }))).toBe(40);
    expect(await amount(await acme(), { filters: flt })).toBe(40);
    expect(await amount(await acme({ flt }), { filters: [cascade(region, product)] })).toBe(70);
  });

  it(verifies('EMB-3', 'give way to a filter of one of their levels'), async () => {
    const flt = [cascade(region, { ...product, filter: members('Lamp') })];
    const north = filterOn('[Sales.Region]', members('North'));
    expect(await amount(await acme({ flt }), { filters: [north] })).toBe(30);
  });

  it(verifies('TOK-11 D-11', 'are refused in a body without the ability'), async () => {
    const headers = await acme({ prm: ['export'] });
    const body = { filters: [cascade(region, product)] };
    await expect(dataOf(service, headers, body)).rejects.toMatchObject({ code: 'ability_missing' });
    expect(await offered(headers, { dim: '[Sales.Product]', ...body })).toBe('ability_missing');
  });

  it(verifies('TOK-8', 'of another data source do not concern a dashboard'), async () => {
    const flt = [cascade({ dim: '[Stock.Item]', filter: members('x') })];
    const res = [dashboard, 'bb0000000000000000000002'].map((oid) => `dashboards/${oid}`);
    expect(await amount(await acme({ flt, res }))).toBe(100);
  });

  it('are named in an export', async () => {
    const path = `/api/v1/dashboards/${dashboard}/export`;
    const body = { format: 'pdf', filters: [cascade(region, product)] };
    const response = await service.call(path, await acme(), body);
    expect(response.status).toBe(200);
    await response.arrayBuffer();
  });
});

describe('lists of members', () => {
  it(
    verifies('DATA-1 DATA-2', 'offer what the levels above leave, under data security'),
    async () => {
      const body = {
        dim: '[Sales.Product]',
        filters: [{ jaql: { ...region, filter: members('North', 'West') } }],
      };
      expect(await offered(await acme(), body)).toEqual(['=cmd(1)', 'Chair']);
    },
  );

  it(verifies('TOK-8 DATA-1', 'know the backgrounds of flt always'), async () => {
    const flt = [{ jaql: { ...product, filter: { all: true, filter: background } } }];
    const headers = await acme({ flt });
    expect(await offered(headers, { dim: '[Sales.Product]' })).not.toContain('Lamp');
    expect(await offered(headers, { dim: '[Sales.Product]', dashboard })).not.toContain('Lamp');
  });

  it('of a dashboard that the session has not are not found', async () => {
    const headers = await acme({ res: [`dashboards/${dashboard}`] });
    const other = 'bb0000000000000000000002';
    expect(await offered(headers, { dim: '[Sales.Product]', dashboard: other })).toBe('not_found');
  });
});

describe('stored filters', () => {
  it(verifies('DATA-1', 'cascade, and have backgrounds that member lists know'), async () => {
    const levels = [region, { ...product, filter: { all: true, filter: background } }];
    await store(`  - ${JSON.stringify(cascade(...levels))}\n`);
    expect(await amount(await acme())).toBe(30);
    const body = { dim: '[Sales.Product]', dashboard };
    expect(await offered(await acme(), body)).toEqual(['=cmd(1)', 'Chair', 'Table']);
    const above = { ...body, filters: [{ jaql: region }] };
    expect(await offered(await acme(), above)).toEqual(['Table']);
  });

  it(verifies('DATA-1', 'are joined by their relations, and those of flt are not'), async () => {
    const one = { ...filterOn('[Sales.Region]', members('South')), instanceid: 'region' };
    const two = { ...filterOn('[Sales.Product]', members('Chair')), instanceid: 'product' };
    const leaf = (instanceId: string) => ({ type: 'Identifier', instanceId });
    const tree = {
      ...{ type: 'LogicalExpression', operator: 'OR' },
      ...{ left: leaf('region'), right: leaf('product') },
    };
    const relations = `filterRelations: ${JSON.stringify([{ filterRelations: tree }])}\n`;
    await store(`  - ${JSON.stringify(one)}\n  - ${JSON.stringify(two)}\n`, relations);
    expect(await amount(await acme())).toBe(90);
    expect(await amount(await acme({ flt: [one, two] }))).toBeNull();
    const changed = filterOn('[Sales.Product]', members('=cmd(1)'));
    expect(await amount(await acme(), { filters: [changed] })).toBe(80);
  });

  it('refuse relations with filters that are not there', async () => {
    const tree = { operator: 'OR', left: { instanceid: 'region' }, right: { instanceid: 'none' } };
    await service.content.edit('dashboards/sales.yaml', (text) =>
      text.replace(
        /filterRelations: .*\n/,
        `filterRelations: ${JSON.stringify([{ filterRelations: tree }])}\n`,
      ),
    );
    await service.refresh();
    expect(await problems()).toEqual(['/filterRelations/0/filterRelations/right/instanceid']);
  });
});
