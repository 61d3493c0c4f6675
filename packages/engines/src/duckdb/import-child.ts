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

async function importFiles(job: ImportJob): Promise<void> {
  const instance = await DuckDBInstance.create(job.database, limitSettings(job));
  const connection = await instance.connect();
  const { quote } = duckDbDialect;
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
