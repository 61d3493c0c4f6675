import { DuckDBInstance } from '@duckdb/node-api';
import type { DatabaseOptions } from './messages.ts';
import { sizeText } from './size-text.ts';

/** Up to so many members of a list, or keys of a joined table, decide block by block what is read; by default 50 do. */
const mostPruning = 1_000;

/**
 * Opens a database for queries of viewers: nothing can be written, no file but the database can be read, no extension comes
 * in, memory, threads and spill space are bounded, and the lock makes all of it final.
 */
export async function openHardened(options: DatabaseOptions): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(options.database, {
    access_mode: 'READ_ONLY',
    ...limitSettings(options),
    enable_external_access: 'false',
    dynamic_or_filter_threshold: String(mostPruning),
  });
  const connection = await instance.connect();
  // DuckDB 1.5 shows this limit when it comes with the opening, but only keeps to it when it is set afterwards.
  await connection.run(`SET max_temp_directory_size = '${sizeText(options.maxTempSize)}'`);
  await connection.run('SET lock_configuration = true');
  connection.closeSync();
  return instance;
}

/** The part of it that holds while files are imported too. */
export function limitSettings(options: DatabaseOptions): Record<string, string> {
  return {
    memory_limit: sizeText(options.memoryLimit),
    threads: String(options.threads),
    temp_directory: options.tempDirectory,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_unsigned_extensions: 'false',
  };
}
