/** Baseline: hand-written SQL straight on DuckDB, in a process as new as the engine's. Answers the milliseconds of each statement. */
import { DuckDBInstance } from '@duckdb/node-api';

const { DATABASE = '' } = process.env;
const instance = await DuckDBInstance.create(DATABASE, { access_mode: 'READ_ONLY' });
const connection = await instance.connect();

process.on('message', async (sql: string) => {
  const started = performance.now();
  (await connection.runAndReadAll(sql)).getRowsJson();
  process.send?.(performance.now() - started);
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
