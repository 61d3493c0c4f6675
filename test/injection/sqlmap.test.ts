import { execFile } from 'node:child_process';
import { accessSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type SessionHeaders,
  startService,
  type TestService,
} from '../../packages/dashboard-service/test/start-service.ts';
import { type OpenedEngine, openOn } from '../harness/three-engines.ts';
import { verifies } from '../verifies.ts';

const program = '/usr/bin/sqlmap';
const isInstalled = (() => {
  try {
    accessSync(program);
    return true;
  } catch {
    return false;
  }
})();
/** Of a whole run; what it has not tried by then is left out. */
const timeoutMs = 45_000;

const model = `
oid: "aa0000000000000000000001"
title: Sales
engine: postgres
connection: { env: SALES_URL }
cacheSeconds: 0
tables:
  - name: Sales
    from: sales
    columns:
      - { name: Tenant, column: tenant, type: text }
      - { name: Region, column: region, type: text }
      - { name: Product, column: product, type: text }
      - { name: Day, column: day, type: datetime }
      - { name: Amount, column: amount, type: numeric }
`;
const columns = {
  tenant: 'text',
  region: 'text',
  product: 'text',
  day: 'date',
  amount: 'integer',
} as const;
const rows = [
  ['acme', 'North', 'Chair', '2024-01-02', 10],
  ['globex', 'North', 'Lamp', '2024-02-03', 20],
];

describe.skipIf(!isInstalled)('sqlmap, level 3, risk 2', () => {
  let source: OpenedEngine;
  let service: TestService;
  let session: SessionHeaders;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-sqlmap-'));
    source = await openOn('postgres', [{ name: 'sales', columns, rows }]);
    service = await startService({ sourceUrls: { SALES_URL: source.address } });
    await service.content.write('models/sales.yaml', model);
    await service.refresh();
    session = await service.open({ sub: 'acme-reader' });
  });
  afterAll(async () => {
    await service.stop();
    await source.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    [
      'the filter of a query',
      'jaql',
      '{"metadata":[{"jaql":{"dim":"[Sales.Region]","datatype":"text","filter":{"members":["North*"]}}},{"jaql":{"dim":"[Sales.Amount]","agg":"sum"}}]}',
    ],
    [
      'the field, the aggregation and the limit of a query',
      'jaql',
      '{"metadata":[{"jaql":{"dim":"[Sales.Region*]"}},{"jaql":{"dim":"[Sales.Amount]","agg":"sum*"}}],"count":"5*"}',
    ],
    ['the term of a member list', 'members', '{"dim":"[Sales.Region]","term":"Nor*"}'],
  ])(
    verifies('D-8', 'finds nothing in %s'),
    async (_what, path, body) => {
      const file = join(folder, 'request.txt');
      const { host } = new URL(service.url);
      writeFileSync(
        file,
        [
          `POST /api/datasources/Sales/${path} HTTP/1.1`,
          `Host: ${host}`,
          'Content-Type: application/json',
          `Authorization: ${session.Authorization}`,
          `Initialiser: ${session.Initialiser}`,
          '',
          body,
        ].join('\n'),
      );
      const options = ['--batch', '--level=3', '--risk=2', '--dbms=PostgreSQL', '--ignore-code=*'];
      const quick = [
        '--threads=2',
        '--time-sec=2',
        '--flush-session',
        '--ignore-stdin',
        `--output-dir=${folder}`,
      ];
      const { stdout } = await promisify(execFile)(program, ['-r', file, ...options, ...quick], {
        timeout: timeoutMs,
        maxBuffer: 64 * 1024 ** 2,
      }).catch((error: { stdout: string }) => error);
      expect(stdout).toContain('all tested parameters do not appear to be injectable');
      // Nobody has read what is another tenant's, and the table is as it was.
      const { rows: left } = await source.engine.query({
        ...{ text: 'SELECT count(*) FROM sales', params: [], maxRows: 1, timeoutMs: 10_000 },
      });
      expect(left).toEqual([[2]]);
    },
    timeoutMs + 30_000,
  );
});
