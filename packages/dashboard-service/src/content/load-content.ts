/**
 * From files to a snapshot:
 *
 *   list → read (cached while unchanged) → shape (schema) → references, in the order of kinds → snapshot
 *                                              └── fault: report it, go on with the file's last good version
 *
 * A last good version is what a file held when it last passed all checks. It stays in service until the file
 * passes again or is removed.
 */
import { dirname, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { BuildContext, Built } from './build-context.ts';
import { buildDashboard } from './build-dashboard.ts';
import { buildGroup, buildSettings, buildUser } from './build-directory.ts';
import { buildModel } from './build-model.ts';
import { buildTheme } from './build-theme.ts';
import type { Content, ContentModel, ContentProblem } from './content.ts';
import { ContentDraft, idOf, type Settled } from './content-draft.ts';
import { type ContentFile, listContentFiles, stampOf, textOf } from './list-content-files.ts';
import { type FileEntry, type FileVersion, readContentFile } from './read-content-file.ts';
import type { DocumentFault } from './read-document.ts';
import { type ContentKind, contentKinds } from './schema/json-schemas.ts';
import type { ModelFile } from './schema/model-schema.ts';
import { SourceOpenings } from './source-openings.ts';

export interface ContentLoaderOptions {
  /** Absolute path of the content folder. */
  readonly folder: string;
  /** Opens a model's data; a failure is a fault of the model's file, and tried again. */
  readonly openSource: (model: ContentModel) => Promise<void>;
  /** Milliseconds, never backwards. Default the monotonic clock. */
  readonly now?: () => number;
}

/** Reads the content folder again and again and remembers the last good version of each file. */
export class ContentLoader {
  readonly #folder: string;
  readonly #openings: SourceOpenings;
  readonly #versions = new Map<string, FileVersion>();
  readonly #lastGood = new Map<string, readonly Settled[]>();
  #signature = '';
  #current: Content | undefined;

  constructor({ folder, openSource, now }: ContentLoaderOptions) {
    this.#folder = folder;
    this.#openings = new SourceOpenings(openSource, now);
  }

  /** Resolves when each source of the first content has been tried; the next `load` tells of those that failed. */
  firstTried(): Promise<void> {
    return this.#openings.firstTried();
  }

  /** The content of now: the same snapshot as before where no file has changed since. */
  async load(): Promise<Content> {
    const files = await listContentFiles(this.#folder);
    const signature = await this.#signatureOf(files);
    const isSame = this.#current !== undefined && signature === this.#signature;
    if (this.#current && isSame && !this.#openings.isDue) return this.#current;
    this.#openings.beginPass({ isChanged: !isSame });
    this.#forgetAllBut(new Set(files.map(({ name }) => name)));

    const draft = new ContentDraft();
    const problems: ContentProblem[] = [];
    for (const kind of contentKinds) {
      const ofKind = files.filter((file) => file.kind === kind);
      // Files already in service first, so that a new file cannot take an id away from them.
      const inService = ofKind.filter(({ name }) => this.#lastGood.has(name));
      for (const file of new Set([...inService, ...ofKind])) {
        problems.push(...(await this.#settle(file, draft)));
      }
    }
    this.#openings.endPass();
    if (this.#current && isSame && isDeepStrictEqual(problems, this.#current.problems)) {
      return this.#current;
    }
    this.#current = draft.finish((this.#current?.generation ?? 0) + 1, problems);
    this.#signature = await this.#signatureOf(files);
    return this.#current;
  }

  async #settle(file: ContentFile, draft: ContentDraft): Promise<ContentProblem[]> {
    const version = await this.#read(file);
    const settled: Settled[] = [];
    const faults = [...version.faults];
    for (const entry of version.entries) {
      const result = await this.#build(entry, file, draft);
      faults.push(...result.faults);
      if (!result.settled) continue;
      const duplicate = duplicateOf(result.settled, settled, draft, entry);
      if (duplicate) faults.push(duplicate);
      else settled.push(result.settled);
    }
    if (faults.length === 0) this.#lastGood.set(file.name, settled);
    const serving = this.#lastGood.get(file.name);
    for (const object of serving ?? []) draft.add(object, file.name);
    const lastGoodServes = serving !== undefined;
    return faults.map((fault) => ({ file: file.name, ...fault, lastGoodServes }));
  }

  #build(entry: FileEntry, file: ContentFile, draft: ContentDraft): Built | Promise<Built> {
    const openSource = (model: ContentModel) => this.#openings.open(model);
    const context: BuildContext = { draft, folder: this.#folder, path: file.path, openSource };
    switch (file.kind) {
      case 'themes':
        return buildTheme(entry);
      case 'settings':
        return buildSettings(entry, context);
      case 'models':
        return buildModel(entry, context);
      case 'groups':
        return buildGroup(entry, context);
      case 'users':
        return buildUser(entry, context);
      case 'dashboards':
        return buildDashboard(entry, context);
    }
  }

  async #read(file: ContentFile): Promise<FileVersion> {
    const known = this.#versions.get(file.name);
    if (known?.file.stamp === file.stamp) return known;
    const text = await textOf(file.path);
    const version: FileVersion =
      text === undefined
        ? { file, entries: [], faults: [unreadable] }
        : readContentFile(file, text);
    this.#versions.set(file.name, version);
    return version;
  }

  /** Changes with every content file and with every data file that a model names, there or missing. */
  async #signatureOf(files: readonly ContentFile[]): Promise<string> {
    const models = [...this.#versions.values()].filter(({ file }) => file.kind === 'models');
    const data = models.flatMap(dataPathsOf);
    const stamps = await Promise.all(data.map(async (path) => `${path}=${await stampOf(path)}`));
    return [...files.map(({ name, stamp }) => `${name}=${stamp}`), ...stamps].join('\n');
  }

  #forgetAllBut(names: ReadonlySet<string>): void {
    for (const name of this.#lastGood.keys()) if (!names.has(name)) this.#lastGood.delete(name);
    for (const name of this.#versions.keys()) if (!names.has(name)) this.#versions.delete(name);
  }
}

const unreadable: DocumentFault = { line: 1, column: 1, pointer: '', reason: 'cannot be read' };

function dataPathsOf({ file, entries }: FileVersion): string[] {
  return entries.flatMap(({ object }) => {
    const { files, database } = object as ModelFile;
    const named = [...Object.values(files ?? {}), ...(database === undefined ? [] : [database])];
    return named.map((path) => resolve(dirname(file.path), path));
  });
}

const idKeys: Readonly<Record<ContentKind, string>> = {
  settings: '',
  themes: 'oid',
  models: 'title',
  groups: 'id',
  users: 'id',
  dashboards: 'oid',
};

function duplicateOf(
  settled: Settled,
  inSameFile: readonly Settled[],
  draft: ContentDraft,
  entry: FileEntry,
): DocumentFault | undefined {
  const id = idOf(settled);
  const owner = draft.ownerOf(settled.kind, id);
  const at = idKeys[settled.kind] === '' ? [] : [idKeys[settled.kind]];
  if (owner !== undefined) return entry.faultAt(at, `is already in ${owner}`);
  return inSameFile.some((other) => idOf(other) === id)
    ? entry.faultAt(at, 'stands twice in this file')
    : undefined;
}
