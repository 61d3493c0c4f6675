import { afterEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { totals } from '../../test/ask.ts';
import { startService, type TestService } from '../../test/start-service.ts';
import type { TempContent } from '../../test/temp-content.ts';

let service: TestService;
afterEach(() => service.stop());

/** The data is there, and cannot be read. */
async function spoil(content: TempContent, name: string): Promise<void> {
  await content.write(`data/${name}.parquet`, 'no Parquet at all');
  await content.edit(`models/${name}.yaml`, (text) => text.replace('.csv', '.parquet'));
}
async function repair(content: TempContent, name: string): Promise<void> {
  await content.edit(`models/${name}.yaml`, (text) => text.replace('.parquet', '.csv'));
  await service.refresh();
}
const quiet = { rescanIntervalMs: 3_600_000 };

describe('a data source that cannot be opened', () => {
  it(
    verifies('OPS-3 VIEW-6', 'fails its own queries, is reported, and serves when it is repaired'),
    async () => {
      service = await startService(quiet, (content) => spoil(content, 'stock'));
      const headers = await service.open({ sub: 'globex-reader' });
      const path = '/api/datasources/Warehouse%20Stock/jaql';
      const metadata = [{ jaql: { dim: '[Stock.Pieces]', agg: 'sum' } }];
      const refused = await service.call(path, headers, { metadata });
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
      expect(await refused.json()).toMatchObject({ code: 'source_unavailable' });
      expect((await service.call('/readyz')).status).toBe(200);
      const problems = async () => {
        const answer = await service.call('/api/v1/content/errors', service.admin);
        return ((await answer.json()) as { errors: { file: string }[] }).errors;
      };
      expect(await problems()).toMatchObject([{ file: 'models/stock.yaml' }]);
      await repair(service.content, 'stock');
      expect(await totals(service, headers)).toEqual({ sales: 6000, stock: 12 });
      expect(await problems()).toEqual([]);
    },
  );

  it(verifies('OPS-3', 'takes the service out of turn where it is the only one'), async () => {
    service = await startService(quiet, async (content) => {
      await content.remove('models/stock.yaml');
      await content.remove('dashboards/stock.yaml');
      await spoil(content, 'sales');
    });
    expect((await service.call('/readyz')).status).toBe(503);
    expect((await service.call('/healthz')).status).toBe(200);
    await repair(service.content, 'sales');
    expect((await service.call('/readyz')).status).toBe(200);
  });
});
