import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { openSource } from './open-source.ts';

it(verifies('D-13 DATA-3', 'imports files in the order that the model names'), async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-order-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'sales.csv');
  await writeFile(file, 'tenant\nglobex\nacme\ninitech\nacme\n');
  const order = { files: { sales: file }, sortedBy: { sales: ['tenant'] } };
  const model = {
    ...{ oid: '670a00000000000000000901', title: 'Sales', tables: [], relations: [] },
    source: { engine: 'duckdb', ...order },
    sourceKey: 'sales',
  } as const;
  const log = pino({ level: 'silent' });
  const engine = await openSource(model, { cacheDir: join(folder, 'cache'), log });
  const text = 'SELECT tenant FROM sales';
  const { rows } = await engine.query({ text, params: [], maxRows: 10, timeoutMs: 10_000 });
  await engine.close();
  expect(rows.flat()).toEqual(['acme', 'acme', 'globex', 'initech']);
});
