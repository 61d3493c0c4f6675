import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineError } from '../engine-error.ts';
import type { DatabaseOptions, FromChild, ImportJob } from './messages.ts';
import { endChild, startChild } from './start-child.ts';

/** Goes up when an import of the same files would come out differently. */
const importVersion = 2;

/** What to import, as `DuckDbOptions` has it. */
interface Imported {
  readonly files: Readonly<Record<string, string>>;
  readonly sortedBy: Readonly<Record<string, readonly string[]>> | undefined;
}

/**
 * The path of a database that holds the files, one relation each. It is made where the cache folder has none of the same
 * content (path, size, time of change and order of each file), written under another name and then renamed. Code `source_unavailable`.
 */
export async function importFiles(
  { files, sortedBy = {} }: Imported,
  cacheDir: string,
  options: Omit<DatabaseOptions, 'database'>,
): Promise<string> {
  try {
    await mkdir(cacheDir, { recursive: true });
    const relations = Object.entries(files)
      .map(([name, path]) => ({ name, path, sortedBy: sortedBy[name] ?? [] }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const source = digest(relations.map(({ name, path }) => ({ name, path })));
    const content = digest([importVersion, await Promise.all(relations.map(identify))]);
    const database = join(cacheDir, `${source}-${content}.duckdb`);
    const isThere = await stat(database).then(
      () => true,
      () => false,
    );
    if (!isThere) {
      await makeDatabase(database, { ...options, database, relations });
      await removeOlder(cacheDir, source, content);
    }
    return database;
  } catch (cause) {
    throw new EngineError('source_unavailable', 'The files could not be imported.', { cause });
  }
}

async function makeDatabase(database: string, job: ImportJob): Promise<void> {
  const unfinished = `${database}.${randomUUID()}.tmp`;
  try {
    await runJob({ ...job, database: unfinished });
    await rename(unfinished, database);
  } finally {
    await rm(unfinished, { force: true });
    await rm(`${unfinished}.wal`, { force: true });
  }
}

async function runJob(job: ImportJob): Promise<void> {
  const child = startChild('import-child');
  try {
    child.send(job);
    const ended = new AbortController();
    child.once('exit', () => ended.abort());
    const [answer] = (await once(child, 'message', { signal: ended.signal })) as [FromChild];
    if (answer.kind !== 'opened') throw new Error('A file could not be read.');
  } finally {
    await endChild(child);
  }
}

/** Databases of the same source with other content are of no use any more; a process that has one open keeps it. */
async function removeOlder(cacheDir: string, source: string, content: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const isOlder = name.startsWith(`${source}-`) && !name.startsWith(`${source}-${content}`);
    if (isOlder && name.endsWith('.duckdb')) await rm(join(cacheDir, name), { force: true });
  }
}

async function identify({ name, path, sortedBy }: ImportJob['relations'][number]) {
  const { size, mtimeMs } = await stat(path);
  return [name, path, size, mtimeMs, sortedBy];
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
