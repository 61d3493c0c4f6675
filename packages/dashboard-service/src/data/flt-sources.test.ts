import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { dataOf, rowsOf, stockOid } from '../../test/ask.ts';
import { startService, type TestService } from '../../test/start-service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('flt of a token with dashboards on several data sources', () => {
  const filterOf = (dim: string, member: string) => ({
    jaql: { dim, datatype: 'text', filter: { members: [member] } },
  });
  const open = (...flt: object[]) => service.open({ sub: 'globex-reader', grants: { flt } });
  const amount = async (headers: Awaited<ReturnType<typeof open>>) =>
    rowsOf((await dataOf(service, headers)).get('cc0000000000000000000001'));
  const stock = async (headers: Awaited<ReturnType<typeof open>>) =>
    rowsOf((await dataOf(service, headers, {}, stockOid)).get('cc0000000000000000000011'));

  it(
    verifies('TOK-8', 'filters where the column is, and leaves the others as they are'),
    async () => {
      const headers = await open(filterOf('[Sales.Region]', 'West'));
      expect(await amount(headers)).toEqual([[3000]]);
      expect(await stock(headers)).toEqual([
        ['Chair', 5],
        ['Table', 7],
      ]);
      const view = await (await service.call(`/api/v1/dashboards/${stockOid}`, headers)).json();
      expect(view).toMatchObject({ filters: [] });
      const format = { format: 'csv', widget: 'cc0000000000000000000011' };
      const file = await service.call(`/api/v1/dashboards/${stockOid}/export`, headers, format);
      expect(file.status).toBe(200);
    },
  );

  it(verifies('TOK-8', 'shows nothing where no data source has the column'), async () => {
    const headers = await open(filterOf('[Sales.Regio]', 'West'));
    await expect(amount(headers)).rejects.toThrow('query_invalid');
    await expect(stock(headers)).rejects.toThrow('query_invalid');
  });
});
