import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenedEngine, openOn, postgres } from '../../../../test/harness/three-engines.ts';
import { verifies } from '../../../../test/verifies.ts';
import { dataOf, rowsOf, salesOid } from '../../test/ask.ts';
import { type SessionHeaders, startService, type TestService } from '../../test/start-service.ts';

const rows = [
  ['acme', 'North', 'Chair', '2024-01-02', '10.50'],
  ['acme', 'South', 'Desk', '2024-02-03', '20'],
  ['globex', 'North', 'Chair', '2024-03-04', '400'],
];
const columns = { tenant: 'text', region: 'text', product: 'text', day: 'date', amount: 'decimal' };
const table = { name: 'sales', columns, rows } as Parameters<typeof openOn>[1][number];

const model = (
  table: string,
  connection = '{ env: SALES_URL, connections: 2 }',
  engine = 'postgres',
) => `
oid: "aa0000000000000000000001"
title: Sales
engine: ${engine}
connection: ${connection}
cacheSeconds: 60
tables:
  - name: Sales
    ${table}
    columns:
      - { name: Tenant, column: tenant, type: text }
      - { name: Region, column: region, type: text }
      - { name: Product, column: product, type: text }
      - { name: Day, column: day, type: datetime }
      - { name: Amount, column: amount, type: numeric }
`;
const perTenant = model(
  'sql: "SELECT * FROM sales WHERE tenant = :tenant"\n    parameters: { tenant: text }',
);
const user = (id: string, parameters: string) =>
  `- { id: ${id}, name: ${id}, groups: [acme]${parameters && `, parameters: ${parameters}`} }\n`;
const users = [
  user('acme-reader', '{ tenant: acme }'),
  user('globex-reader', '{ tenant: globex, other: 1 }'),
  user('hostile', `{ tenant: "acme' OR '1'='1" }`),
  user('numbered', '{ tenant: 7 }'),
  user('nobody', ''),
].join('');

let source: OpenedEngine;
let service: TestService;
beforeAll(async () => {
  source = await openOn('postgres', [table]);
  const port = new URL(source.address).port;
  service = await startService({
    sourceUrls: {
      SALES_URL: source.address,
      WRONG_URL: `postgres://canary-user:canary-pw@127.0.0.1:${port}/canary`,
    },
  });
  await service.content.write('users/users.yaml', users);
  await service.content.write('models/sales.yaml', perTenant);
  await service.refresh();
});
afterAll(async () => {
  await service.stop();
  await source.close();
});

const open = (sub: string) => service.open({ sub, grants: { res: [`dashboards/${salesOid}`] } });
const amount = { metadata: [{ jaql: { dim: '[Sales.Amount]', agg: 'sum' } }] };
const ask = async (headers: SessionHeaders, path: string, body: object) => {
  const response = await service.call(`/api/datasources/Sales/${path}`, headers, body);
  const text = await response.text();
  return { status: response.status, text, json: JSON.parse(text) };
};
const sumOf = async (sub: string) => {
  const { json } = await ask(await open(sub), 'jaql', amount);
  return rowsOf(json)[0]?.[0];
};
const problems = async (): Promise<{ pointer: string; reason: string }[]> => {
  const response = await service.call('/api/v1/content/errors', service.admin);
  return ((await response.json()) as { errors: { pointer: string; reason: string }[] }).errors;
};

describe('a source with a parameter of the user', () => {
  it(
    verifies('TOK-15 DATA-3', 'shows each user their own rows, kept results included'),
    async () => {
      for (let time = 0; time < 2; time++) {
        expect(await sumOf('acme-reader')).toBe(30.5);
        expect(await sumOf('globex-reader')).toBe(400);
        expect(await sumOf('hostile')).toBeNull();
      }
    },
  );

  it(verifies('TOK-15 D-4', 'lists the members of their own rows'), async () => {
    const list = async (sub: string) => {
      const asked = { dim: '[Sales.Product]' };
      return (await ask(await open(sub), 'members', asked)).json.members;
    };
    expect(JSON.stringify(await list('globex-reader'))).not.toContain('Desk');
    expect(JSON.stringify(await list('acme-reader'))).toContain('Desk');
  });

  it.each(['nobody', 'numbered'])(
    verifies('TOK-15', 'is closed to %s, who does not have it as a text, on every path'),
    async (sub) => {
      const session = await open(sub);
      for (const [path, body] of [
        ['jaql', amount],
        ['members', { dim: '[Sales.Product]' }],
      ] as const) {
        const { status, json, text } = await ask(session, path, body);
        expect([status, json.code]).toEqual([403, 'parameter_missing']);
        expect(text).not.toMatch(/tenant|select|sales/i);
      }
      const lines = [...(await dataOf(service, session)).values()];
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) {
        expect(line).toMatchObject({ error: { code: 'parameter_missing' } });
      }
    },
  );
});

describe('what is wrong with a source', () => {
  const faultOf = async (text: string) => {
    await service.content.write('models/sales.yaml', text);
    await service.refresh();
    const found = await problems();
    return found.map(({ pointer, reason }) => `${pointer}: ${reason}`).join('\n');
  };

  it.each([
    [
      'a variable that is not there',
      '{ env: ABSENT_URL }',
      'The environment has no variable ABSENT_URL',
    ],
    ['a variable of the service', '{ env: DATABASE_URL }', 'must not be a variable of the service'],
    ['a variable that is no address', '{ env: ADMIN_TOKEN }', 'must be the name of a variable'],
    [
      'an address in the content',
      '{ env: "postgres://a:b@c/d" }',
      'must be the name of a variable',
    ],
    ['another key', '{ env: SALES_URL, url: x }', 'unknown key'],
  ])(verifies('DATA-3 VIEW-6', 'is said with its place: %s'), async (_what, connection, reason) => {
    const fault = await faultOf(model('from: sales', connection));
    expect(fault).toContain('/connection');
    expect(fault).toContain(reason);
    // The last good version serves.
    expect(await sumOf('globex-reader')).toBe(400);
  });

  it.each([
    ['no such table', 'from: nothing'],
    ['no such column', 'sql: "SELECT 1 AS tenant"'],
    ['not SQL', 'sql: "SELECT FRM"'],
    ['a write', 'sql: "WITH gone AS (DELETE FROM sales RETURNING *) SELECT * FROM gone"'],
    ['an unknown parameter', 'sql: "SELECT * FROM sales WHERE tenant = :nobody"'],
  ])(
    verifies('TOK-15 VIEW-6', 'is said by the database when it is opened: %s'),
    async (_what, sql) => {
      const fault = await faultOf(model(sql));
      expect(fault).toContain('/connection: the data cannot be opened: query_failed');
      expect(await sumOf('globex-reader')).toBe(400);
    },
  );

  it(verifies('DATA-3', 'is said without the address: a password that is wrong'), async () => {
    const fault = await faultOf(model('from: sales', '{ env: WRONG_URL }'));
    expect(fault).toContain('source_unavailable');
    expect(fault).not.toContain('canary');
    expect(JSON.stringify(service.logLines)).not.toContain('canary');
  });
});

describe('a source that is away', () => {
  it(verifies('DATA-3', 'is a fault while it is, and answers as soon as it is back'), async () => {
    const server = await postgres();
    server.crash();
    // A new file, so that there is no last good version.
    const other = perTenant
      .replace('title: Sales', 'title: Far')
      .replace('aa0000000000000000000001', 'aa0000000000000000000009')
      .replace('connections: 2', 'connections: 3');
    await service.content.write('models/sales.yaml', perTenant);
    await service.content.write('models/far.yaml', other);
    await service.refresh();
    expect((await problems()).map(({ pointer }) => pointer)).toContain('/connection');
    const session = await open('acme-reader');
    expect((await ask(session, 'jaql', { ...amount, count: 7 })).json.code).toBe(
      'source_unavailable',
    );
    server.start();
    // Starting it took this process's time as well, in which the service has closed idle connections.
    const status = async () => (await ask(session, 'jaql', { ...amount, count: 8 })).status;
    await expect.poll(status, { timeout: 20_000 }).toBe(200);
  });
});
