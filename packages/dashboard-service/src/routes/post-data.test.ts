import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { dataOf, filterOn, rowsOf, salesOid, widgets } from '../../test/ask.ts';
import { startService, type TestService } from '../../test/start-service.ts';

const region = '[Sales.Region]';
const south = filterOn(region, { members: ['South'] });

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const acme = () => service.open({ sub: 'acme-reader' });

describe('POST /api/v1/dashboards/<oid>/data', () => {
  it('gives each widget with rows a line, and only those asked for', async () => {
    const all = await dataOf(service, await acme());
    expect([...all.keys()].sort()).toEqual(Object.values(widgets));
    const some = await dataOf(service, await acme(), { widgets: [widgets.byRegion] });
    expect([...some.keys()]).toEqual([widgets.byRegion]);
  });

  it('streams lines as NDJSON that no cache keeps', async () => {
    const response = await service.call(`/api/v1/dashboards/${salesOid}/data`, await acme(), {});
    expect(response.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    await response.text();
  });

  it(verifies('TOK-12 VIEW-4', 'writes texts in the locale of the session'), async () => {
    const lines = await dataOf(service, await service.open({ sub: 'globex-reader' }));
    expect(lines.get(widgets.amount)).toMatchObject({ values: [[{ data: 6000, text: '6.000' }]] });
  });

  it(verifies('EMB-3', 'puts the filters of the body in place of the stored ones'), async () => {
    const lines = await dataOf(service, await acme(), { filters: [south] });
    expect(rowsOf(lines.get(widgets.amount))).toEqual([[70]]);
    expect(rowsOf(lines.get(widgets.products))).toEqual([
      ['Lamp', 40],
      ['Table', 30],
    ]);
  });

  it('leaves out the filters that a widget ignores', async () => {
    const lines = await dataOf(service, await acme(), { filters: [south] });
    expect(rowsOf(lines.get(widgets.wholeAmount))).toEqual([[100]]);
  });

  it('highlights a selection on the own category of a widget and keeps its rows', async () => {
    const line = (await dataOf(service, await acme(), { filters: [south] })).get(widgets.byRegion);
    expect(line).toMatchObject({
      values: [
        [{ data: 'North', selected: false }, { data: 30 }],
        [{ data: 'South', selected: true }, { data: 70 }],
      ],
    });
  });

  it('restricts by a selection where it is not plain, or where the widget slices', async () => {
    const not = filterOn(region, { exclude: { members: ['South'] } });
    const excluded = await dataOf(service, await acme(), { filters: [not] });
    expect(rowsOf(excluded.get(widgets.byRegion))).toEqual([['North', 30]]);
    await service.content.edit('dashboards/sales.yaml', (text) =>
      text.replace('title: By region\n', 'title: By region\n    options: { selection: slice }\n'),
    );
    await service.refresh();
    const sliced = await dataOf(service, await acme(), { filters: [south] });
    expect(rowsOf(sliced.get(widgets.byRegion))).toEqual([['South', 70]]);
  });

  it(verifies('EMB-3', 'keeps a locked filter'), async () => {
    const day = {
      jaql: { dim: '[Sales.Day]', datatype: 'datetime', level: 'days', filter: { all: true } },
    } as const;
    await service.content.edit('dashboards/sales.yaml', (text) =>
      text.replace('2024-12-31', '2024-01-31'),
    );
    await service.refresh();
    const lines = await dataOf(service, await acme(), { filters: [day] });
    expect(rowsOf(lines.get(widgets.amount))).toEqual([[30]]);
    await service.content.edit('dashboards/sales.yaml', (text) =>
      text.replace('2024-01-31', '2024-12-31'),
    );
    await service.refresh();
  });

  it(
    verifies(
      'TOK-8',
      'starts from flt in place of the stored filters, and lets the reader change it',
    ),
    async () => {
      const grants = { flt: [filterOn(region, { members: ['North'] })] };
      const headers = await service.open({ sub: 'acme-reader', grants });
      expect(rowsOf((await dataOf(service, headers)).get(widgets.amount))).toEqual([[30]]);
      const changed = await dataOf(service, headers, { filters: [south] });
      expect(rowsOf(changed.get(widgets.amount))).toEqual([[70]]);
      const dashboard = await (
        await service.call(`/api/v1/dashboards/${salesOid}`, headers)
      ).json();
      expect(dashboard).toMatchObject({ filters: grants.flt });
    },
  );

  it(verifies('TOK-8', 'has no dashboard filters with flt []'), async () => {
    const headers = await service.open({ sub: 'acme-reader', grants: { flt: [] } });
    const dashboard = await (await service.call(`/api/v1/dashboards/${salesOid}`, headers)).json();
    expect(dashboard).toMatchObject({ filters: [] });
    expect(rowsOf((await dataOf(service, headers)).get(widgets.amount))).toEqual([[100]]);
  });

  it(verifies('D-1 TOK-9', 'lets no filter of a reader widen what the rules allow'), async () => {
    for (const filter of [
      { members: ['globex'] },
      { all: true },
      {},
      { members: [] },
      { exclude: { members: ['acme'] } },
    ]) {
      const lines = await dataOf(service, await acme(), {
        filters: [filterOn('[Sales.Tenant]', filter)],
      });
      const [[amount]] = rowsOf(lines.get(widgets.amount)) as [[number | null]];
      expect([100, null]).toContain(amount);
    }
  });

  it.each([[[]], [['export']]])(
    verifies('D-11 TOK-11', 'refuses filters without the ability: prm %j'),
    async (prm) => {
      const headers = await service.open({ sub: 'acme-reader', grants: { prm } });
      await expect(dataOf(service, headers, { filters: [south] })).rejects.toMatchObject({
        code: 'ability_missing',
        status: 403,
      });
      expect(rowsOf((await dataOf(service, headers)).get(widgets.amount))).toEqual([[100]]);
    },
  );

  it(verifies('D-14', 'knows no widget of another dashboard'), async () => {
    const stranger = { widgets: ['cc0000000000000000000011'] };
    await expect(dataOf(service, await acme(), stranger)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it(
    verifies('D-7 OPS-4', 'gives a failing widget a code and an id, and the others their rows'),
    async () => {
      const bad = filterOn('[Sales.Secret]', { members: ['x'] });
      const lines = await dataOf(service, await acme(), { filters: [bad] });
      for (const line of lines.values()) {
        expect(line).toEqual({
          widget: line.widget,
          error: { code: 'query_invalid', detail: expect.any(String), id: expect.any(String) },
        });
        expect(JSON.stringify(line)).not.toMatch(/Secret|Sales|SELECT/i);
      }
    },
  );

  it.each([
    ['text/plain', '{}', 415],
    ['application/json', '{', 400],
    ['application/json', '{"filters": {}}', 400],
    ['application/json', '{"filters": [{"jaql": []}]}', 400],
    ['application/json', '{"unknown": 1}', 400],
    ['application/json', '{"widgets": ["x"]}', 400],
    ['application/json', `{"filters": [{"jaql": ${'{"a":'.repeat(80)}1${'}'.repeat(80)}}]}`, 400],
    ['application/json', '{"filters": [{"jaql": {"__proto__": {}}}]}', 400],
  ])(verifies('F-8 B-4 B-5', 'refuses a body of type %s: %s'), async (type, body, status) => {
    const response = await fetch(`${service.url}/api/v1/dashboards/${salesOid}/data`, {
      method: 'POST',
      headers: { ...(await acme()), 'Content-Type': type },
      body,
    });
    expect(response.status).toBe(status);
  });
});
