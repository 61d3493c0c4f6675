import { type ClientBase, type CustomTypesConfig, Query } from 'pg';
import { decimalCell, integerCell, momentCell, numberCell } from '../cells.ts';
import type { EngineCell, EngineQuery, EngineRows } from '../engine.ts';

/** By the type's number in `pg_type`: bool, int8, int2, int4, float4, float8, date, timestamp, timestamptz, numeric. */
const parsers: Readonly<Record<number, (text: string) => EngineCell>> = {
  16: (text) => text === 't',
  20: integerCell,
  21: integerCell,
  23: integerCell,
  // Single precision, as the other engines widen it.
  700: (text) => numberCell(String(Math.fround(Number(text)))),
  701: numberCell,
  1082: momentCell,
  1114: momentCell,
  1184: momentCell,
  1700: decimalCell,
};

const types = {
  getTypeParser: (oid: number) => parsers[oid] ?? ((text: string) => text),
} as CustomTypesConfig;

/** Reads the rows of one statement, one more than it gives back at the most: it then leaves the statement running. */
export function readRows(
  client: ClientBase,
  { text, params, maxRows }: Pick<EngineQuery, 'text' | 'params' | 'maxRows'>,
): Promise<EngineRows> {
  const { promise, resolve, reject } = Promise.withResolvers<EngineRows>();
  const values = params.map((param) => ('list' in param ? param.list : param.value));
  const rows: EngineCell[][] = [];
  // The extended protocol takes one statement; the simple one, which the driver prefers without values, takes many.
  const config = { text, values, rowMode: 'array', types, queryMode: 'extended' };
  const running = client.query(new Query<EngineCell[]>(config));
  running.on('row', (row) => {
    if (rows.length < maxRows) rows.push(row);
    else resolve({ rows, truncated: true });
  });
  running.on('end', () => resolve({ rows, truncated: false }));
  running.on('error', reject);
  return promise;
}
