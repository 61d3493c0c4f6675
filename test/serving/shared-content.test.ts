/** Two processes of the service, as `npm run serve` starts them, over one content folder that changes under them. */
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningService, startService } from '../harness/start-service.ts';
import { verifies } from '../verifies.ts';
import { metricOf, openSession, problemsOf, type Send } from './sessions.ts';

const dashboard = '670b00000000000000000931';
/** The content is compared every 3 seconds where the watcher misses something. */
const patience = { timeout: 20_000, interval: 100 };

let folder: string;
let services: readonly RunningService[];
let sessions: readonly Send[];
const at = (name: string) => join(folder, name);
const replace = (name: string, text: string) => {
  writeFileSync(at('next'), text);
  renameSync(at('next'), at(name));
};

const model = (title: string, oid: string, data: object, column = 'amount') => ({
  ...{ oid, title, engine: 'duckdb', ...data },
  tables: [
    {
      ...{ name: 'Facts', from: 'facts' },
      columns: [
        { name: 'Tenant', column: 'tenant', type: 'text' },
        { name: 'Amount', column, type: 'numeric' },
      ],
    },
  ],
});
const fileModel = (column?: string) =>
  JSON.stringify(
    model('File', '670a00000000000000000931', { files: { facts: '../data/facts.csv' } }, column),
  );
const rows = (own: number) => `tenant,amount,other\na,${own},7\nb,1000,7\n`;

async function writeDatabase(name: string, amount: number): Promise<void> {
  const instance = await DuckDBInstance.create(at(name));
  const connection = await instance.connect();
  await connection.run(`create table facts as select 'a' as tenant, ${amount} as amount`);
  connection.closeSync();
  instance.closeSync();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-shared-'));
  for (const kind of ['users', 'models', 'dashboards', 'data']) mkdirSync(at(kind));
  writeFileSync(at('users/ada.json'), JSON.stringify({ id: 'ada', name: 'Ada' }));
  writeFileSync(at('data/facts.csv'), rows(1));
  await writeDatabase('data/facts.duckdb', 10);
  writeFileSync(at('models/file.json'), fileModel());
  writeFileSync(
    at('models/base.json'),
    JSON.stringify(model('Base', '670a00000000000000000932', { database: '../data/facts.duckdb' })),
  );
  const widget = (oid: string, dataSource: string) => ({
    ...{ oid, type: 'indicator', title: dataSource, dataSource, layout: { columns: 6, rows: 2 } },
    metadata: [
      { panel: 'value', jaql: { dim: '[Facts.Amount]', datatype: 'numeric', agg: 'sum' } },
    ],
  });
  writeFileSync(
    at('dashboards/one.json'),
    JSON.stringify({
      ...{ oid: dashboard, title: 'One', dataSource: 'File', sharedWith: { everyone: true } },
      widgets: [
        widget('670e00000000000000000931', 'File'),
        widget('670e00000000000000000932', 'Base'),
      ],
    }),
  );
  services = await Promise.all(
    [1, 2].map(() => startService({ contentDir: folder, compiled: true })),
  );
  sessions = await Promise.all(
    services.map(async (service) => {
      const acl = ['File', 'Base'].map((dataSourceTitle) => ({
        ...{ dataSourceTitle, table: 'Facts', column: 'Tenant', members: ['a'] },
      }));
      return openSession(service, await service.createConfiguration(), {
        sub: 'ada',
        grants: { acl },
      });
    }),
  );
});
afterAll(async () => {
  await Promise.all(services.map(({ stop }) => stop()));
  rmSync(folder, { recursive: true });
});

const sum = { metadata: [{ jaql: { dim: '[Facts.Amount]', agg: 'sum' } }] };
async function amountAt(send: Send, source: string): Promise<unknown> {
  const answer = await send(`/api/datasources/${source}/jaql`, sum);
  const { values, code } = (await answer.json()) as {
    values?: { data: unknown }[][];
    code?: string;
  };
  return code ?? values?.[0]?.[0]?.data;
}
const amounts = (source: string) => Promise.all(sessions.map((send) => amountAt(send, source)));
const faults = async () =>
  Promise.all(
    services.map(async (service) =>
      (await problemsOf(service)).map(
        ({ file, pointer, lastGoodServes }) => `${file} ${pointer} ${lastGoodServes}`,
      ),
    ),
  );
const from = (service: RunningService, where: string, source = 'File') =>
  metricOf(service, `vitrine_query_answers_total{source="${source}",from="${where}"}`);

describe('two services over one content folder', () => {
  it(verifies('DATA-4 D-5', 'compute a result once each, keep it, and count both'), async () => {
    for (const [index, send] of sessions.entries()) {
      const service = services[index] as RunningService;
      for (let time = 0; time < 3; time++) expect(await amountAt(send, 'File')).toBe(1);
      expect([await from(service, 'engine'), await from(service, 'cache')]).toEqual([1, 2]);
      expect(await metricOf(service, 'vitrine_result_cache_bytes')).toBeGreaterThan(0);
    }
  });

  it(
    verifies(
      'DATA-4 VIEW-6',
      'answer from a file that has changed, and from one that was only touched',
    ),
    async () => {
      replace('data/facts.csv', rows(2));
      await expect.poll(() => amounts('File'), patience).toEqual([2, 2]);
      const before = await Promise.all(services.map((service) => from(service, 'engine')));
      utimesSync(at('data/facts.csv'), new Date(), new Date(Date.now() + 5_000));
      await expect
        .poll(async () => {
          await amounts('File');
          const after = await Promise.all(services.map((service) => from(service, 'engine')));
          return after.map((count, index) => count > (before[index] ?? 0));
        }, patience)
        .toEqual([true, true]);
      expect(await amounts('File')).toEqual([2, 2]);
    },
  );

  it(verifies('DATA-4 VIEW-6', 'answer from a database that was replaced'), async () => {
    expect(await amounts('Base')).toEqual([10, 10]);
    await writeDatabase('data/next.duckdb', 20);
    renameSync(at('data/next.duckdb'), at('data/facts.duckdb'));
    await expect.poll(() => amounts('Base'), patience).toEqual([20, 20]);
  });

  it(verifies('DATA-4 VIEW-6', 'answer from a column that the model has changed to'), async () => {
    replace('models/file.json', fileModel('other'));
    await expect.poll(() => amounts('File'), patience).toEqual([7, 7]);
    replace('models/file.json', fileModel());
    await expect.poll(() => amounts('File'), patience).toEqual([2, 2]);
  });

  const file = 'models/file.json';
  it.each<[string, () => void, string]>([
    ['a model that is no JSON', () => replace(file, '{'), `${file}  true`],
    ['a column that is not there', () => replace(file, fileModel('gone')), `${file} /files true`],
    ['data that cannot be read', () => replace('data/facts.csv', '"'), `${file} /files true`],
    ['data that is gone', () => rmSync(at('data/facts.csv')), `${file} /files/facts true`],
  ])(
    verifies('VIEW-6 DATA-4', 'say where the fault is, and go on with what was good: %s'),
    async (_what, spoil, fault) => {
      let isOver = false;
      const seen = new Set<unknown>();
      // Readers who ask all the time, while files break and are mended.
      const readers = sessions.map(async (send) => {
        while (!isOver) {
          seen.add(await amountAt(send, 'File'));
          await pause(20);
        }
      });
      const [data, text] = ['data/facts.csv', file].map((name) => readFileSync(at(name), 'utf8'));
      spoil();
      await expect.poll(faults, patience).toEqual([[fault], [fault]]);
      expect(await amounts('File')).toEqual([2, 2]);
      replace('data/facts.csv', data as string);
      replace(file, text as string);
      await expect.poll(faults, patience).toEqual([[], []]);
      isOver = true;
      await Promise.all(readers);
      expect(seen).toEqual(new Set([2]));
    },
  );
});
