import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

export const slowDashboard = '670b00000000000000000901';
export const slowWidget = '670e00000000000000000901';
export const quickWidget = '670e00000000000000000902';

/** A content folder whose data source has a table that is quick to sum up, and one that takes minutes. */
export async function slowContent(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-slow-'));
  for (const kind of ['users', 'models', 'dashboards', 'data']) mkdirSync(join(folder, kind));
  const instance = await DuckDBInstance.create(join(folder, 'data/slow.duckdb'));
  const connection = await instance.connect();
  await connection.run('create table quick as select range as n from range(10)');
  await connection.run(
    'create view slow as select a.range as n from range(1000000) a, range(1000000) b',
  );
  connection.closeSync();
  instance.closeSync();
  const file = (name: string, object: object) =>
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(object));
  file('users/ada', { id: 'ada', name: 'Ada' });
  const table = (name: string, from: string) => ({
    ...{ name, from },
    columns: [{ name: 'N', column: 'n', type: 'numeric' }],
  });
  file('models/slow', {
    ...{ oid: '670a00000000000000000901', title: 'Slow', engine: 'duckdb' },
    database: '../data/slow.duckdb',
    tables: [table('Quick', 'quick'), table('Slow', 'slow')],
  });
  const widget = (oid: string, name: string) => ({
    ...{ oid, type: 'indicator', title: name, layout: { columns: 6, rows: 2 } },
    metadata: [{ panel: 'value', jaql: { dim: `[${name}.N]`, datatype: 'numeric', agg: 'sum' } }],
  });
  file('dashboards/slow', {
    ...{ oid: slowDashboard, title: 'Slow', dataSource: 'Slow', sharedWith: { everyone: true } },
    widgets: [widget(slowWidget, 'Slow'), widget(quickWidget, 'Quick')],
  });
  return folder;
}
