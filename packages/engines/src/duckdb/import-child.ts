/**
 * The child process that makes a database out of files, once. It is the only place where DuckDB may open files, and it runs
 * no statement but its own.
 */
import { extname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { duckDbDialect } from '@vitrine/jaql';
import { limitSettings } from './hardening.ts';
import type { FromChild, ImportJob } from './messages.ts';

const readers: Readonly<Record<string, string>> = {
  '.parquet': 'read_parquet($1)',
  '.csv': 'read_csv($1, sample_size = -1)',
  '.tsv': 'read_csv($1, sample_size = -1)',
  '.json': 'read_json_auto($1, sample_size = -1)',
  '.ndjson': 'read_json_auto($1, sample_size = -1)',
};

process.on('message', (job: ImportJob) => void answer(job));
process.on('disconnect', () => process.exit(0));

async function answer(job: ImportJob): Promise<void> {
  let message: FromChild;
  try {
    await importFiles(job);
    message = { kind: 'opened' };
  } catch {
    message = { kind: 'unavailable' };
  }
  process.send?.(message);
}

/**
 * Text is kept in dictionaries, by which DuckDB groups and filters two times faster than by FSST. It chooses between the two by
 * a random sample of each block (duckdb/duckdb#4366), so that the same file would come out fast on one day and slow on another.
 */
const unwantedCompression = 'fsst,dict_fsst';

/** Rows of a block where order decides which are read: half of the usual, so that less is read beside what is asked for. */
const sortedBlock = 61_440;

async function importFiles(job: ImportJob): Promise<void> {
  const isSorted = job.relations.some(({ sortedBy }) => sortedBy.length > 0);
  const instance = await DuckDBInstance.create(
    isSorted ? ':memory:' : job.database,
    limitSettings(job),
  );
  const connection = await instance.connect();
  await connection.run(`SET disabled_compression_methods = '${unwantedCompression}'`);
  const { quote } = duckDbDialect;
  if (isSorted) {
    // The size of blocks can be said for an attached database alone.
    const database = `'${job.database.replaceAll("'", "''")}'`;
    await connection.run(`ATTACH ${database} AS imported (ROW_GROUP_SIZE ${sortedBlock})`);
    await connection.run('USE imported');
  }
  for (const { name, path, sortedBy } of job.relations) {
    const reader = readers[extname(path).toLowerCase()];
    if (reader === undefined) throw new Error('unknown kind of file');
    const order = sortedBy.length === 0 ? '' : ` ORDER BY ${sortedBy.map(quote).join(', ')}`;
    await connection.run(`CREATE TABLE ${quote(name)} AS SELECT * FROM ${reader}${order}`, [path]);
  }
  await connection.run('CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
}
