import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type ContentKind, contentKinds } from './schema/json-schemas.ts';

/** A file of the content folder that may hold content. */
export interface ContentFile {
  readonly kind: ContentKind;
  /** Path inside the content folder, with slashes. */
  readonly name: string;
  readonly path: string;
  /** Changes whenever the file does. */
  readonly stamp: string;
}

const extensions = new Set(['.yaml', '.yml', '.json']);

/** Every content file of a folder, by kind and name. Hidden files and other endings are left out. */
export async function listContentFiles(folder: string): Promise<ContentFile[]> {
  const files: ContentFile[] = [];
  for (const kind of contentKinds) {
    const names = kind === 'settings' ? await settingsNames(folder) : await namesIn(folder, kind);
    for (const name of names) {
      const path = join(folder, name);
      const stamp = await stampOf(path);
      if (stamp !== undefined) files.push({ kind, name, path, stamp });
    }
  }
  return files;
}

/** Size and time of change of a file; undefined where there is none. */
export async function stampOf(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? `${found.size}:${found.mtimeMs}` : undefined;
  } catch {
    return undefined;
  }
}

/** The text of a content file, or undefined where it has just gone or cannot be read. */
export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}

async function settingsNames(folder: string): Promise<string[]> {
  return (await entriesOf(folder)).filter((name) => /^settings\.(?:ya?ml|json)$/.test(name));
}

async function namesIn(folder: string, kind: string): Promise<string[]> {
  return (await entriesOf(join(folder, kind)))
    .filter((name) => !name.startsWith('.') && extensions.has(extname(name)))
    .map((name) => `${kind}/${name}`);
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return [];
  }
}
