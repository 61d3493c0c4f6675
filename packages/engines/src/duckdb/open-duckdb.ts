import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../engine.ts';
import type { OnFault } from '../engine-fault.ts';
import { DuckDbEngine } from './duckdb-engine.ts';
import { importFiles } from './import-files.ts';
import { sizeText } from './size-text.ts';

/** Either `files` or `database` names the data. */
export interface DuckDbOptions {
  /** Relation → absolute path of a Parquet, CSV, TSV, JSON or NDJSON file; the ending decides. */
  readonly files?: Readonly<Record<string, string>>;
  /** Relation → columns by which its rows are put in order when a file is imported, so that filters on them read few blocks. */
  readonly sortedBy?: Readonly<Record<string, readonly string[]>>;
  /** Absolute path of a DuckDB database file, opened read-only. */
  readonly database?: string;
  /** Folder for imported databases and for what queries spill; made where absent. */
  readonly cacheDir: string;
  /** As DuckDB writes it, `1GB` by default; queries that need more spill to disk, then fail. */
  readonly memoryLimit?: string;
  /** Threads of all queries together, by default as many as the machine has. */
  readonly threads?: number;
  /** What queries may spill, as DuckDB writes it, `4GB` by default. */
  readonly maxTempSize?: string;
  /** Default none. */
  readonly onFault?: OnFault | undefined;
}

/** Opens a DuckDB data source in a process of its own. Code `source_unavailable`. */
export async function openDuckDb(options: DuckDbOptions): Promise<Engine> {
  const { files, sortedBy, database, cacheDir, memoryLimit = '1GB', maxTempSize = '4GB' } = options;
  if ((files === undefined) === (database === undefined)) {
    throw new TypeError('A DuckDB source has either files or a database.');
  }
  const limits = {
    memoryLimit: sizeText(memoryLimit),
    maxTempSize: sizeText(maxTempSize),
    threads: options.threads ?? availableParallelism(),
    tempDirectory: join(cacheDir, 'spill'),
  };
  await mkdir(limits.tempDirectory, { recursive: true });
  const path = database ?? (await importFiles({ files: files ?? {}, sortedBy }, cacheDir, limits));
  return DuckDbEngine.open({ ...limits, database: path }, options.onFault);
}
