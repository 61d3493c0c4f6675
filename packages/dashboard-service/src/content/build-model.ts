import { dirname, relative, resolve, sep } from 'node:path';
import { checkModel } from '@vitrine/jaql';
import { type BuildContext, type Built, built } from './build-context.ts';
import type { ContentModel, SourceDefinition } from './content.ts';
import { keysOf } from './document-pointer.ts';
import { stampOf } from './list-content-files.ts';
import type { FileEntry } from './read-content-file.ts';
import type { DocumentFault, DocumentPath } from './read-document.ts';
import type { ModelFile } from './schema/model-schema.ts';

/** Checks a model, finds its data and opens it. */
export async function buildModel(entry: FileEntry, context: BuildContext): Promise<Built> {
  const file = entry.object as ModelFile;
  const { source, faults: pathFaults } = locate(file, entry, context);
  const { engine: _engine, files: _files, database: _database, ...rest } = file;
  const model: ContentModel = {
    ...rest,
    relations: file.relations ?? [],
    source,
    sourceKey: await sourceKeyOf(source),
  };
  const faults = [
    ...oidFaults(file, entry, context),
    ...pathFaults,
    ...checkModel(model).map(({ pointer, message }) => entry.faultAt(keysOf(pointer), message)),
    ...(pathFaults.length > 0 ? [] : await missingFiles(source, entry)),
  ];
  if (faults.length > 0) return { faults };
  try {
    await context.openSource(model);
  } catch (error) {
    const at = file.files ? 'files' : 'database';
    return { faults: [entry.faultAt([at], `the data cannot be opened: ${codeOf(error)}`)] };
  }
  return built({ kind: 'models', object: model }, []);
}

/** Stable identity of a source: definition, size and time of each file. */
export async function sourceKeyOf(source: SourceDefinition): Promise<string> {
  const paths = pathsOf(source);
  const stamps = await Promise.all(paths.map(async ([, path]) => `${path}=${await stampOf(path)}`));
  return JSON.stringify([paths.map(([relation]) => relation), stamps]);
}

/** Relation name and absolute path of each data file; a database has no relation name. */
export function pathsOf(source: SourceDefinition): readonly (readonly [string, string])[] {
  return source.database === undefined
    ? Object.entries(source.files ?? {})
    : [['', source.database]];
}

function locate(file: ModelFile, entry: FileEntry, { folder, path }: BuildContext) {
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
  const source: SourceDefinition =
    file.database === undefined
      ? {
          files: Object.fromEntries(
            Object.entries(file.files ?? {}).map(([name, from]) => [
              name,
              absolute(from, ['files', name]),
            ]),
          ),
        }
      : { database: absolute(file.database, ['database']) };
  return { source, faults };
}

async function missingFiles(source: SourceDefinition, entry: FileEntry): Promise<DocumentFault[]> {
  const faults: DocumentFault[] = [];
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

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'source_unavailable';
}
