import { afterAll, beforeAll, expect, it } from 'vitest';
import { hostileStrings } from '../../../../test/injection/hostile-strings.ts';
import { verifies } from '../../../../test/verifies.ts';
import { salesOid } from '../../test/ask.ts';
import { startService, type TestService } from '../../test/start-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

type Slot = (hostile: string) => readonly [path: string, body: object];
const source = '/api/datasources/Sales';
const amount = { dim: '[Sales.Amount]', agg: 'sum' };
const region = '[Sales.Region]';
const asItem =
  (make: (hostile: string) => object): Slot =>
  (hostile) => [`${source}/jaql`, { metadata: [{ jaql: make(hostile) }] }];
const slots: readonly Slot[] = [
  asItem((hostile) => ({ dim: hostile })),
  asItem((hostile) => ({ table: 'Sales', column: hostile })),
  asItem((hostile) => ({ dim: '[Sales.Day]', level: hostile })),
  asItem((hostile) => ({ ...amount, agg: hostile })),
  asItem((hostile) => ({ formula: hostile, context: { a: amount } })),
  asItem((hostile) => ({ formula: 'SUM([a])', context: { [`a${hostile}`]: amount } })),
  asItem((hostile) => ({ dim: region, filter: { [`x${hostile}`]: 1 } })),
  asItem((hostile) => ({ dim: '[Sales.Amount]', filter: { members: [hostile] } })),
  asItem((hostile) => ({ dim: region, filter: { top: hostile, by: amount } })),
  (hostile) => [`${source}/jaql/csv`, { metadata: [{ jaql: { dim: `[${hostile}.Region]` } }] }],
  (hostile) => [`${source}/members`, { dim: hostile }],
  (hostile) => [`${source}/members`, { dim: region, term: hostile }],
  (hostile) => [`${source}/members`, { dim: region, filters: [{ jaql: { dim: hostile } }] }],
  (hostile) => [`${source}/fields/search`, { term: hostile }],
  (hostile) => [`/api/datasources/${encodeURIComponent(hostile.toWellFormed())}/jaql`, {}],
  (hostile) => [
    `/api/v1/dashboards/${salesOid}/data`,
    { filters: [{ jaql: { dim: region, filter: { members: [hostile] } } }] },
  ],
  (hostile) => [
    `/api/v1/dashboards/${salesOid}/data`,
    { filters: [{ isCascading: true, levels: [{ dim: hostile }] }] },
  ],
];
/** Words of SQL and of what the fixture holds; where a slot's own words have them they do not count. */
const canaries = [
  ...[
    'select ',
    'from (',
    'where ',
    'cast(',
    'duckdb',
    'binder error',
    'parser error',
    'conversion',
  ],
  ...[
    'tenant',
    'product',
    'globex',
    'chair',
    'lamp',
    'secretglobexproduct',
    '.csv',
    '/tmp',
    'stack',
  ],
];

it(verifies(
  'D-7 D-8 B-7',
  'answers a thousand hostile strings without an error of its own, and repeats nothing',
), { timeout: 300_000 }, async () => {
  const headers = await service.open({ sub: 'acme-reader' });
  const total = { metadata: [{ jaql: amount }] };
  const sum = async () =>
    JSON.stringify(await (await service.call(`${source}/jaql`, headers, total)).json());
  const before = await sum();
  let refused = 0;
  for (const [index, hostile] of hostileStrings.entries()) {
    const slot = slots[index % slots.length];
    if (slot === undefined) continue;
    const [path, body] = slot(hostile);
    const response = await service.call(path, headers, body);
    const text = await response.text();
    expect([response.status < 500, path, hostile]).toEqual([true, path, hostile]);
    const isRefused = !response.ok || text.includes('"error"');
    if (!isRefused) continue;
    refused += 1;
    const told = text.toLowerCase();
    const own = JSON.stringify(body).toLowerCase();
    expect(canaries.filter((word) => told.includes(word) && !own.includes(word))).toEqual([]);
    if (hostile.length > 8)
      expect(told).not.toContain(JSON.stringify(hostile).slice(1, -1).toLowerCase());
  }
  expect(refused).toBeGreaterThan(600);
  expect(await sum()).toBe(before);
});
