import type { DataLine, QueryResult } from '@vitrine/charts';
import type { AclRule } from '@vitrine/claims';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { dataOf, filterOn, salesOid, widgets } from '../../test/ask.ts';
import { type SessionHeaders, startService, type TestService } from '../../test/start-service.ts';
import { unzipText } from '../../test/unzip-text.ts';

const tokens = 200;
const lanes = 4;
const values = {
  Tenant: ['acme', 'globex'],
  Region: ['North', 'South', 'West'],
  Product: ['Chair', 'Table', 'Lamp', '=cmd(1)', 'SecretGlobexProduct'],
} as const;
const column = fc.constantFrom<keyof typeof values>('Tenant', 'Region', 'Product');
const rule: fc.Arbitrary<AclRule> = column.chain((name) =>
  fc.record({
    ...{ dataSourceTitle: fc.constant('Sales'), table: fc.constant('Sales') },
    ...{ column: fc.constant(name), datatype: fc.constant('text' as const) },
    ...{ members: fc.subarray([...values[name]], { minLength: 1 }), exclusionary: fc.boolean() },
  }),
);
const filter = column.chain((name) =>
  fc.subarray([...values[name]]).map((members) => filterOn(`[Sales.${name}]`, { members })),
);
const token = fc.record({
  acl: fc.array(rule, { maxLength: 2 }),
  flt: fc.option(fc.array(filter, { maxLength: 1 }), { nil: undefined }),
  filters: fc.array(filter, { maxLength: 1 }),
});

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const bytesOf = async (headers: SessionHeaders, path: string, body: object) => {
  const response = await service.call(path, headers, body);
  if (!response.ok) throw new Error(await response.text());
  return Buffer.from(await response.arrayBuffer());
};

/** What a copy has to hold of a widget: its headers and the values of its rows, formulas defused. */
function expected(result: DataLine | QueryResult | undefined): string[][] {
  if (!result || 'error' in result) throw new Error('no rows');
  const cells = result.values.map((row) => row.map(({ data }) => `${data ?? ''}`));
  return [[...result.headers], ...cells];
}
const defused = (rows: string[][]) =>
  rows.map((row) => row.map((cell) => cell.replace(/^=/, "'=")));

/** Nothing in the rows has to be quoted. */
const cellsOf = (csv: Buffer) =>
  new TextDecoder()
    .decode(csv)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));

const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" } as const;
const plain = (xml: string) =>
  xml.replaceAll(/&\w+;/g, (entity) => entities[entity as keyof typeof entities] ?? entity);

/** The values of each sheet, row by row. */
function sheetsOf(workbook: Buffer): string[][][] {
  const files = unzipText(workbook);
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gs)].map(
    ([, text = '']) =>
      plain([...text.matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, one]) => one).join('')),
  );
  const cellOf = (attributes: string, inner: string) => {
    const value = /<(?:v|t)[^>]*>(.*?)<\/(?:v|t)>/s.exec(inner)?.[1] ?? '';
    return /t="s"/.test(attributes) ? (shared[Number(value)] ?? '') : plain(value);
  };
  const rowOf = (xml: string, width: number) => {
    const row = Array<string>(width).fill('');
    // Cells without a value are left out.
    for (const [, attributes = '', inner = ''] of xml.matchAll(/<c([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      const letter = /r="([A-Z])\d+"/.exec(attributes)?.[1] ?? 'A';
      row[letter.charCodeAt(0) - 65] = cellOf(attributes, inner);
    }
    return row;
  };
  return [...files.keys()]
    .filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name))
    .toSorted((one, other) => one.localeCompare(other, 'en', { numeric: true }))
    .map((name) => {
      const xml = files.get(name) ?? '';
      const rows = [...xml.matchAll(/<row[^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(
        ([, row = '']) => row,
      );
      const width = rows[0]?.match(/<c /g)?.length ?? 0;
      return rows.map((row) => rowOf(row, width));
    });
}

it(verifies(
  'H-4 DATA-2 VIEW-3',
  `copies hold the rows of the queries, no more and no less: ${tokens} tokens, CSV and workbooks`,
), { timeout: 180_000 }, async () => {
  const waiting = fc.sample(token, { seed: 4, numRuns: tokens });
  const shown = new Set<string>();
  const check = async ({ acl, flt, filters }: (typeof waiting)[number]) => {
    const grants = { res: [`dashboards/${salesOid}`], acl, ...(flt && { flt }) };
    const headers = await service.open({ sub: 'acme-reader', grants });
    const lines = await dataOf(service, headers, { filters });
    const path = `/api/v1/dashboards/${salesOid}/export`;
    for (const widget of [widgets.products, widgets.byRegion]) {
      const csv = await bytesOf(headers, path, { format: 'csv', widget, filters });
      expect(cellsOf(csv)).toEqual(defused(expected(lines.get(widget))));
    }
    const workbook = await bytesOf(headers, path, { format: 'xlsx', filters });
    const rows = Object.values(widgets).map((widget) => expected(lines.get(widget)));
    expect(sheetsOf(workbook)).toEqual(rows);
    const metadata = ['Tenant', 'Product', 'Day'].map((name) => ({
      jaql: { dim: `[Sales.${name}]` },
    }));
    const query = {
      metadata: [...metadata, ...filters.map((one) => ({ ...one, panel: 'scope' }))],
    };
    const answer = await bytesOf(headers, '/api/datasources/Sales/jaql', query);
    const copy = await bytesOf(headers, '/api/datasources/Sales/jaql/csv', query);
    expect(cellsOf(copy)).toEqual(defused(expected(JSON.parse(answer.toString()))));
    shown.add(JSON.stringify(rows));
  };
  const run = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await check(next);
  };
  await Promise.all(Array.from({ length: lanes }, run));
  // Tokens that all see the same would show little.
  expect(shown.size).toBeGreaterThan(30);
});
