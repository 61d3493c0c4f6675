import { dirname, relative, resolve, sep } from 'node:path';
import { EngineError } from '@vitrine/engines';
import { checkModel, JaqlError } from '@vitrine/jaql';
import { type BuildContext, type Built, built } from './build-context.ts';
import type { ContentModel, FileSource, SourceDefinition } from './content.ts';
import { keysOf } from './document-pointer.ts';
import { stampOf } from './list-content-files.ts';
import type { FileEntry } from './read-content-file.ts';
import type { DocumentFault, DocumentPath } from './read-document.ts';
import type { ModelFile } from './schema/model-schema.ts';

/** Checks a model, finds its data and opens it. */
export async function buildModel(entry: FileEntry, context: BuildContext): Promise<Built> {
  const file = entry.object as ModelFile;
  const { source, faults: sourceFaults } = locate(file, entry, context);
  const { engine: _engine, files: _files, sortedBy: _sorted, ...others } = file;
  const { database: _database, connection: _connection, ...rest } = others;
  const model: ContentModel = {
    ...rest,
    relations: file.relations ?? [],
    source,
    sourceKey: await sourceKeyOf(source),
  };
  const faults = [
    ...oidFaults(file, entry, context),
    ...sourceFaults,
    ...orderFaults(file, entry),
    ...checkModel(model).map(({ pointer, message }) => entry.faultAt(keysOf(pointer), message)),
    ...(sourceFaults.length > 0 ? [] : await missingFiles(source, entry)),
  ];
  if (faults.length > 0) return { faults };
  try {
    await context.openSource(model);
  } catch (error) {
    const at = file.connection ? 'connection' : file.files ? 'files' : 'database';
    return { faults: [entry.faultAt([at], `the data cannot be opened: ${reasonOf(error)}`)] };
  }
  return built({ kind: 'models', object: model }, []);
}

/** Stable identity of a source: definition, size and time of each file. */
async function sourceKeyOf(source: SourceDefinition): Promise<string> {
  if (source.engine !== 'duckdb') return JSON.stringify(source);
  const paths = pathsOf(source);
  const stamps = await Promise.all(paths.map(async ([, path]) => `${path}=${await stampOf(path)}`));
  const { sortedBy = {} } = source;
  return JSON.stringify([paths.map(([relation]) => relation), stamps, sortedBy]);
}

/** Relation name and absolute path of each data file; a database has no relation name. */
function pathsOf(source: FileSource): readonly (readonly [string, string])[] {
  return source.database === undefined
    ? Object.entries(source.files ?? {})
    : [['', source.database]];
}

function locate(
  file: ModelFile,
  entry: FileEntry,
  context: BuildContext,
): { source: SourceDefinition; faults: DocumentFault[] } {
  const { engine, connection, files, database } = file;
  if (engine === 'duckdb') {
    if (connection === undefined) return locateFiles(file, entry, context);
    const faults = [entry.faultAt(['connection'], 'is for PostgreSQL and ClickHouse')];
    return { source: { engine }, faults };
  }
  const faults = [
    ...(files === undefined ? [] : [entry.faultAt(['files'], 'is for DuckDB')]),
    ...(database === undefined ? [] : [entry.faultAt(['database'], 'is for DuckDB')]),
    ...(connection === undefined ? [entry.faultAt([], 'needs a connection')] : []),
  ];
  return { source: { engine, env: '', ...connection }, faults };
}

function locateFiles(file: ModelFile, entry: FileEntry, { folder, path }: BuildContext) {
  const faults: DocumentFault[] = [];
  if ((file.files === undefined) === (file.database === undefined)) {
    faults.push(entry.faultAt([], 'needs either files or database'));
  }
  const absolute = (from: string, at: DocumentPath): string => {
    const found = resolve(dirname(path), from);
    const inside = relative(folder, found);
    if (inside === '..' || inside.startsWith(`..${sep}`)) {
      faults.push(entry.faultAt(at, 'leads out of the content folder'));
    }
    return found;
  };
  const files = Object.entries(file.files ?? {}).map(([name, from]) => [
    name,
    absolute(from, ['files', name]),
  ]);
  const source: FileSource =
    file.database === undefined
      ? {
          engine: 'duckdb',
          files: Object.fromEntries(files),
          ...(file.sortedBy === undefined ? {} : { sortedBy: file.sortedBy }),
        }
      : { engine: 'duckdb', database: absolute(file.database, ['database']) };
  return { source, faults };
}

/** Only what is imported can be put in order, by columns that the model reads. */
function orderFaults(file: ModelFile, entry: FileEntry): DocumentFault[] {
  return Object.entries(file.sortedBy ?? {}).flatMap(([relation, columns]) => {
    if (!Object.hasOwn(file.files ?? {}, relation)) {
      return [entry.faultAt(['sortedBy', relation], 'is none of the files')];
    }
    const read = new Set(
      file.tables
        .filter(({ from }) => from === relation)
        .flatMap((table) => table.columns.map(({ column, name }) => column ?? name)),
    );
    return columns.flatMap((column, index) => {
      const at = ['sortedBy', relation, index];
      return read.has(column) ? [] : [entry.faultAt(at, 'is no column of a table of the model')];
    });
  });
}

async function missingFiles(source: SourceDefinition, entry: FileEntry): Promise<DocumentFault[]> {
  const faults: DocumentFault[] = [];
  if (source.engine !== 'duckdb') return faults;
  for (const [relation, path] of pathsOf(source)) {
    if ((await stampOf(path)) !== undefined) continue;
    const at = source.database === undefined ? ['files', relation] : ['database'];
    faults.push(entry.faultAt(at, 'there is no such file'));
  }
  return faults;
}

function oidFaults(file: ModelFile, entry: FileEntry, { draft }: BuildContext): DocumentFault[] {
  const taken = [...draft.models.values()].some(
    ({ oid, title }) => oid === file.oid && title !== file.title,
  );
  return taken ? [entry.faultAt(['oid'], 'is the oid of another data source')] : [];
}

/** Messages of these errors are fixed texts: they hold no address and no value. */
function reasonOf(error: unknown): string {
  if (error instanceof EngineError || error instanceof JaqlError) {
    return `${error.code}. ${error.message}`;
  }
  return 'source_unavailable';
}
