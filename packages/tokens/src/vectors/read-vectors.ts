import { readFile } from 'node:fs/promises';
import type { Vector, VectorKeys } from './vector.ts';

/** All vectors with the keys and the clock to check them with: what `wat vectors` prints. */
export interface VectorSet extends VectorKeys {
  readonly vectors: readonly Vector[];
}

/** Names of the files of vectors; `minted-elsewhere` holds tokens that other libraries made. */
export const vectorFiles = ['valid', 'minted-elsewhere', 'invalid'] as const;

/** Where a file of the set lies, in the sources as in the package. */
export const vectorFile = (name: string) => new URL(`../../vectors/${name}.json`, import.meta.url);

/** Reads the vectors that come with this package. */
export async function readVectors(): Promise<VectorSet> {
  const keys: VectorKeys = await readJson('keys');
  const lists = await Promise.all(vectorFiles.map((name) => readJson<readonly Vector[]>(name)));
  return { ...keys, vectors: lists.flat() };
}

async function readJson<Content>(name: string): Promise<Content> {
  return JSON.parse(await readFile(vectorFile(name), 'utf8'));
}
