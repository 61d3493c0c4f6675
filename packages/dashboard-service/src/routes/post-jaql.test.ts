import type { QueryResult } from '@vitrine/charts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { rowsOf, salesOid, stockOid } from '../../test/ask.ts';
import { type SessionHeaders, startService, type TestService } from '../../test/start-service.ts';

const sales = '/api/datasources/Sales';
const product = { jaql: { dim: '[Sales.Product]', sort: 'asc' } };
const amount = { jaql: { dim: '[Sales.Amount]', agg: 'sum' } };

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const acme = (grants: object = {}) => service.open({ sub: 'acme-reader', grants });
const ask = async (headers: SessionHeaders, body: object, path = `${sales}/jaql`) => {
  const response = await service.call(path, headers, body);
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) };
};

describe('POST /api/datasources/<title>/jaql', () => {
  it(verifies('DATA-1 DATA-2', 'answers a query under the rules'), async () => {
    const { json } = await ask(await acme(), {
      datasource: { title: 'Sales' },
      metadata: [product, amount],
      count: 2,
    });
    expect(rowsOf(json as QueryResult)).toEqual([
      ['=cmd(1)', 10],
      ['Chair', 20],
    ]);
    expect(json).toMatchObject({ headers: ['Product', expect.any(String)], truncated: true });
  });

  it(
    verifies('DATA-1 DATA-2', 'answers formulas, and totals over what the rules leave'),
    async () => {
      const per = {
        jaql: {
          title: 'Per sale',
          formula: 'SUM([a]) / COUNT([i])',
          context: { '[a]': { dim: '[Sales.Amount]' }, '[i]': { dim: '[Sales.Amount]' } },
        },
        format: { decimals: 1 },
      };
      const { json } = await ask(await acme(), {
        metadata: [product, amount, per],
        grandTotals: { title: 'All' },
      });
      const rows = rowsOf(json as QueryResult);
      const all = rows.reduce((sum, [, value]) => sum + Number(value), 0);
      const [grand, ...others] = (json as QueryResult).totals ?? [];
      expect(others).toEqual([]);
      expect(grand).toMatchObject({ by: 0, truncated: false });
      expect(grand?.values[0]?.[0]).toEqual({ data: null, text: 'All' });
      expect(grand?.values[0]?.[1]?.data).toBe(all);
      expect(json.headers[2]).toBe('Per sale');
      expect(grand?.values[0]?.[2]?.text).toMatch(/^\d+\.\d$/);
    },
  );

  it(
    verifies('DATA-1 D-4', 'gives a pivot totals of its rows, of its columns and of both'),
    async () => {
      const region = { jaql: { dim: '[Sales.Region]' }, panel: 'columns' };
      const { json } = await ask(await acme(), {
        metadata: [{ ...product, panel: 'rows' }, region, amount],
        grandTotals: { title: 'All' },
      });
      const rows = rowsOf(json as QueryResult);
      const sum = (some: readonly (readonly unknown[])[]) =>
        some.reduce((total, row) => total + Number(row[2]), 0);
      const totals = (json as QueryResult).totals ?? [];
      expect(totals.map(({ by, across }) => [by, across])).toEqual([
        [0, 0],
        [0, 1],
        [1, 0],
      ]);
      for (const { values } of totals) {
        for (const [first, second, value] of values) {
          const own = rows.filter(
            ([one, other]) => (first?.data ?? one) === one && (second?.data ?? other) === other,
          );
          expect(value?.data).toBe(sum(own));
          expect([first?.text, second?.text]).toContain('All');
          expect([first?.text, second?.text].filter((text) => text === 'All')).toHaveLength(1);
        }
      }
    },
  );

  it(
    verifies('DATA-1 D-7', 'says where a formula is at fault, and repeats nothing of it'),
    async () => {
      const formula = {
        jaql: { formula: '1 + SECRET([a])', context: { a: { dim: '[Sales.Amount]' } } },
      };
      const { status, text, json } = await ask(await acme(), { metadata: [formula] });
      expect(status).toBe(400);
      expect(json.errors[0]).toMatchObject({ pointer: '/metadata/0/jaql/formula' });
      expect(json.errors[0].message).toContain('character 5');
      expect(text).not.toContain('SECRET');
    },
  );

  it(verifies('D-14', 'knows no data source that its dashboards do not reach'), async () => {
    const missing = await ask(
      await acme(),
      { metadata: [amount] },
      '/api/datasources/Nothing/jaql',
    );
    const foreign = await ask(
      await acme(),
      { metadata: [amount] },
      '/api/datasources/Warehouse%20Stock/jaql',
    );
    expect(missing.json).toEqual(foreign.json);
    expect(missing.status).toBe(404);
  });

  it('refuses a query whose own data source is another', async () => {
    const { status } = await ask(await acme(), {
      datasource: 'Warehouse Stock',
      metadata: [amount],
    });
    expect(status).toBe(400);
  });

  it.each([
    [
      'a scope item',
      { ...product, panel: 'scope', jaql: { ...product.jaql, filter: { members: ['Chair'] } } },
    ],
    ['a filter', { jaql: { ...product.jaql, filter: { contains: 'a' } } }],
    [
      'a highlight',
      { jaql: { ...product.jaql, in: { selected: { jaql: { ...product.jaql, filter: {} } } } } },
    ],
    [
      'a measured value',
      {
        jaql: {
          formula: '(sum([a]), [b])',
          context: {
            '[a]': { dim: '[Sales.Amount]' },
            '[b]': { dim: '[Sales.Region]', filter: { members: ['North'] } },
          },
        },
      },
    ],
  ])(verifies('D-11 TOK-11', 'refuses %s without the filter ability'), async (_what, item) => {
    const refused = await ask(await acme({ prm: ['export'] }), { metadata: [item, amount] });
    expect(refused).toMatchObject({ status: 403, json: { code: 'ability_missing' } });
    const { status } = await ask(await acme({ prm: ['export'] }), { metadata: [product, amount] });
    expect(status).toBe(200);
  });

  it.each([
    ['a filter', { ...product.jaql, filter: { contain: 'a' } }, 'contains'],
    ['a level', { dim: '[Sales.Day]', level: 'month' }, 'months'],
    ['an aggregation', { dim: '[Sales.Amount]', agg: 'summ' }, 'sum'],
    ['a function', { formula: 'suum([a])', context: { '[a]': { dim: '[Sales.Amount]' } } }, 'sum'],
    ['a column', { dim: '[Sales.Amonut]' }, 'fields/search'],
  ])(verifies('DATA-1', 'hints at what was meant by %s'), async (_what, jaql, hint) => {
    const { json, text } = await ask(await acme(), { metadata: [{ jaql }] });
    const [error] = (json as { errors: { pointer: string; hint: string }[] }).errors;
    expect(error?.hint).toContain(hint);
    expect(error?.pointer).toMatch(/^\/metadata\/0/);
    expect(text).not.toContain('Amount');
  });

  it(
    verifies('D-7 D-8', 'answers what it cannot run with code and place, never with names or SQL'),
    async () => {
      const hostile = [
        '[Sales.Secret]',
        "[Sales.Amount'; drop table sales; --]",
        '[Sales]',
        '[sqlite_master.sql]',
        'x'.repeat(3000),
      ];
      for (const dim of hostile) {
        const { status, json, text } = await ask(await acme(), { metadata: [{ jaql: { dim } }] });
        expect(status).toBe(400);
        expect(json).toMatchObject({
          code: 'query_invalid',
          errors: [{ pointer: expect.stringMatching(/^\/metadata\/0/) }],
        });
        expect(text).not.toMatch(/Secret|drop table|sqlite|xxx|SELECT|FROM/);
      }
    },
  );

  it('refuses more rows than one query may have', async () => {
    expect(await ask(await acme(), { metadata: [product], count: 20_001 })).toMatchObject({
      status: 400,
    });
  });

  it('cancels nothing of others and says nothing about it', async () => {
    const response = await service.call(`${sales}/cancel_queries`, await acme(), {
      queries: 'a;b',
    });
    expect(response.status).toBe(204);
  });
});

describe('POST /api/datasources/<title>/jaql/csv', () => {
  it(verifies('B-9 H-4', 'gives the rows of the query as a file, formulas quoted'), async () => {
    const response = await service.call(`${sales}/jaql/csv`, await acme(), {
      metadata: [product, amount],
    });
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="Sales.csv"/,
    );
    expect((await response.text()).split('\r\n').slice(1)).toEqual([
      "'=cmd(1),10",
      'Chair,20',
      'Lamp,40',
      'Table,30',
      '',
    ]);
  });

  it(verifies('D-11 TOK-11', 'needs the export ability'), async () => {
    const body = { metadata: [product, amount] };
    expect(await ask(await acme({ prm: ['filter'] }), body, `${sales}/jaql/csv`)).toMatchObject({
      status: 403,
      json: { code: 'ability_missing' },
    });
  });
});

describe('POST /api/datasources/<title>/members and fields/search', () => {
  it(verifies('D-4 DATA-2', 'offers only members that the rules show'), async () => {
    const headers = await acme();
    const all = await ask(headers, { dim: '[Sales.Product]' }, `${sales}/members`);
    expect(all.json).toEqual({
      members: ['=cmd(1)', 'Chair', 'Lamp', 'Table'].map((text) => ({ data: text, text })),
      more: false,
    });
    const some = await ask(
      headers,
      { dim: '[Sales.Product]', term: 'a', count: 2 },
      `${sales}/members`,
    );
    expect(some.json).toMatchObject({ members: [{ text: 'Chair' }, { text: 'Lamp' }], more: true });
    const tenants = await ask(headers, { dim: '[Sales.Tenant]' }, `${sales}/members`);
    expect(tenants.json).toEqual({ members: [{ data: 'acme', text: 'acme' }], more: false });
  });

  it(
    verifies(
      'D-4 DATA-1',
      'offers only members that the background filters of the dashboard leave',
    ),
    async () => {
      const background = (members: string[]) => ({
        jaql: {
          dim: '[Sales.Region]',
          datatype: 'text',
          filter: { all: true, filter: { members } },
        },
      });
      const asked = { dim: '[Sales.Product]', dashboard: salesOid };
      const offered = async (headers: Awaited<ReturnType<typeof acme>>, body: object = asked) => {
        const { json } = await ask(headers, body, `${sales}/members`);
        return (json as { members?: { text: string }[] }).members?.map(({ text }) => text);
      };
      const all = ['=cmd(1)', 'Chair', 'Lamp', 'Table'];
      expect(await offered(await acme())).toEqual(all);
      const south = await acme({ flt: [background(['South'])] });
      expect(await offered(south)).toEqual(['Lamp', 'Table']);
      expect(await offered(south, { dim: '[Sales.Product]' })).toEqual(['Lamp', 'Table']);
      expect(await offered(await acme({ flt: [background(['West'])] }))).toEqual([]);
      const plain = { jaql: { ...background([]).jaql, filter: { members: ['South'] } } };
      expect(await offered(await acme({ flt: [plain] }))).toEqual(all);
    },
  );

  it(verifies('D-14', 'knows no dashboard of others'), async () => {
    for (const dashboard of [stockOid, '0'.repeat(24)]) {
      const body = { dim: '[Sales.Product]', dashboard };
      expect(await ask(await acme(), body, `${sales}/members`)).toMatchObject({
        status: 404,
        json: { code: 'not_found' },
      });
    }
  });

  it('lists columns without the hidden ones', async () => {
    const headers = await service.open({ sub: 'globex-reader' });
    const { json } = await ask(
      headers,
      { term: 'stock' },
      '/api/datasources/Warehouse%20Stock/fields/search',
    );
    expect((json as { column: string }[]).map(({ column }) => column)).toEqual([
      'Tenant',
      'Item',
      'Pieces',
    ]);
  });
});
