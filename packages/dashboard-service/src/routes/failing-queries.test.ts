import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { salesOid } from '../../test/ask.ts';
import { startService, type TestService } from '../../test/start-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
  // Columns that say they hold what they do not: the database fails on their values, and quotes them.
  await service.content.edit('models/sales.yaml', (text) =>
    text.replace(
      'relations:',
      `      - { name: Wrong Number, column: product, type: numeric }
      - { name: Wrong Day, column: region, type: datetime }
relations:`,
    ),
  );
  await service.refresh();
});
afterAll(() => service.stop());

/** Words of SQL, of the database, of the model and of its rows. A query's own words do not count. */
const canaries = [
  ...[
    'select',
    'from "',
    'from (',
    'where',
    'group by',
    'order by',
    'cast(',
    'coalesce',
    'distinct',
    '$1',
  ],
  ...['duckdb', 'binder', 'catalog', 'parser error', 'conversion', 'convert', 'varchar', 'double'],
  ...['tenant', 'region', 'product', 'amount', 'sales', 'stock', '.csv', '/tmp', 'node_modules'],
  ...['acme', 'globex', 'north', 'south', 'west', 'chair', 'lamp', 'secret', 'cmd', '1000', '2024'],
];

const amount = { dim: '[Sales.Amount]', agg: 'sum' };
const wrong = [
  { dim: '[Sales.Wrong Number]', agg: 'sum' },
  { dim: '[Sales.Wrong Number]', agg: 'avg' },
  { dim: '[Sales.Wrong Number]', agg: 'stdev' },
  { dim: '[Sales.Wrong Number]', filter: { from: 1 } },
  ...['years', 'quarters', 'months', 'weeks', 'days', 'hours', 'minutes'].map((level) => ({
    ...{ dim: '[Sales.Wrong Day]', level },
  })),
  { dim: '[Sales.Wrong Day]', level: 'days', filter: { last: { count: 3, offset: 0 } } },
];
const hostile = [
  ...['', 'x', '[x]', "'", '"', ';--', '\0', '1e999', '[Sales]', '[Sales.x]', '[x.Amount]'],
  ...['__proto__', '%', '\\', 'x'.repeat(500), '（）', '[Sales.Amount', "x' or '1'='1"],
  ...[0, -1, 1e300, true, null, [], {}, ['x'], { x: 1 }],
];
const slots: readonly ((value: unknown) => object)[] = [
  (value) => ({ metadata: [{ jaql: { dim: value } }] }),
  (value) => ({ metadata: [{ jaql: { dim: '[Sales.Day]', level: value } }] }),
  (value) => ({ metadata: [{ jaql: { ...amount, agg: value } }] }),
  (value) => ({ metadata: [{ jaql: { ...amount, sort: value } }] }),
  (value) => ({ metadata: [{ jaql: { ...amount, filter: { from: value } } }] }),
  (value) => ({ metadata: [{ jaql: { dim: '[Sales.Day]', filter: { from: value } } }] }),
  (value) => ({ metadata: [{ jaql: { formula: value, context: {} } }] }),
  (value) => ({ metadata: [{ jaql: { dim: '[Sales.Product]', filter: { kind: value } } }] }),
  (value) => ({ metadata: [{ jaql: { dim: '[Sales.Product]', filter: { top: value } } }] }),
  (value) => ({ metadata: [{ jaql: amount }], count: value }),
  (value) => ({ metadata: [{ jaql: amount }], unknown: value }),
];

it(verifies(
  'D-7 OPS-4',
  'tells nothing of SQL, model or rows in the answers to 200 failing queries',
), { timeout: 120_000 }, async () => {
  const headers = await service.open({ sub: 'acme-reader' });
  const bodies = [
    ...wrong.map((jaql) => ({ metadata: [{ jaql }] })),
    ...slots.flatMap((slot) => hostile.map(slot)),
  ];
  const codes = new Map<string, number>();
  for (const body of bodies) {
    const answer = await service.call('/api/datasources/Sales/jaql', headers, body);
    const text = await answer.text();
    if (answer.ok) continue;
    const { code } = JSON.parse(text) as { code: string };
    expect([code, body]).not.toEqual(['server_error', body]);
    codes.set(code, (codes.get(code) ?? 0) + 1);
    expectNoCanary(text, body);
  }
  for (const jaql of wrong) {
    const filters = [{ jaql: { filter: { members: ['2024-01-05'] }, ...jaql } }];
    const path = `/api/v1/dashboards/${salesOid}/data`;
    const text = await (await service.call(path, headers, { filters })).text();
    expectNoCanary(text.replaceAll(/"values":.*/g, ''), filters);
  }
  const failures = [...codes.values()].reduce((sum, count) => sum + count, 0);
  expect(failures).toBeGreaterThanOrEqual(200);
  expect(codes.get('query_failed')).toBeGreaterThanOrEqual(5);
  expect(codes.get('query_invalid')).toBeGreaterThanOrEqual(100);
});

function expectNoCanary(text: string, sent: unknown): void {
  const own = JSON.stringify(sent).toLowerCase();
  const told = text.toLowerCase();
  const found = canaries.filter((word) => told.includes(word) && !own.includes(word));
  expect([found, sent]).toEqual([[], sent]);
}
