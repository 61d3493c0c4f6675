import type { DataLine, QueryResult, ViewItem } from '@vitrine/charts';
import type { SessionHeaders, TestService } from './start-service.ts';

export const salesOid = 'bb0000000000000000000001';
export const stockOid = 'bb0000000000000000000002';
/** Widgets of the sales dashboard. */
export const widgets = {
  amount: 'cc0000000000000000000001',
  byRegion: 'cc0000000000000000000002',
  products: 'cc0000000000000000000003',
  wholeAmount: 'cc0000000000000000000004',
} as const;

/** A filter as the viewer sends it. */
export const filterOn = (
  dim: string,
  filter: Record<string, unknown>,
  more: object = {},
): ViewItem => ({
  jaql: { dim, datatype: 'text', filter, ...more },
});

/** The lines of a dashboard's data, by widget. */
export async function dataOf(
  service: TestService,
  headers: SessionHeaders,
  body: object = {},
  oid = salesOid,
): Promise<Map<string, DataLine>> {
  const response = await service.call(`/api/v1/dashboards/${oid}/data`, headers, body);
  const text = await response.text();
  if (!response.ok) throw Object.assign(new Error(text), JSON.parse(text));
  const lines = text.split('\n').filter(Boolean);
  return new Map(
    lines.map((line) => JSON.parse(line) as DataLine).map((line) => [line.widget, line]),
  );
}

/** The raw values of a widget's rows; throws the code of its error. */
export function rowsOf(line: DataLine | QueryResult | undefined): unknown[][] {
  if (!line || 'error' in line) throw new Error(line ? line.error.code : 'no line');
  return line.values.map((row) => row.map(({ data }) => data));
}

/** Sum of the sales and of the pieces in stock that a session may see; undefined where the data source is out of reach. */
export async function totals(service: TestService, headers: SessionHeaders) {
  const sum = async (source: string, dim: string) => {
    const metadata = [{ jaql: { dim, agg: 'sum' } }];
    const path = `/api/datasources/${encodeURIComponent(source)}/jaql`;
    const response = await service.call(path, headers, { metadata });
    if (response.status === 404) return undefined;
    const result = (await response.json()) as QueryResult;
    return result.values[0]?.[0]?.data;
  };
  return {
    sales: await sum('Sales', '[Sales.Amount]'),
    stock: await sum('Warehouse Stock', '[Stock.Pieces]'),
  };
}
