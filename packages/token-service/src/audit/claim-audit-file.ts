import { type FileHandle, open } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type ChainEnd, readChainEnd } from './chain-end.ts';

const maxFiles = 1000;

/** An audit file that this process alone writes, open at the end of its chain. */
export interface ClaimedFile {
  readonly path: string;
  readonly file: FileHandle;
  readonly end: ChainEnd;
  release(): Promise<void>;
}

/**
 * Takes the first file of this host in the folder that no process holds and whose last line is sound; makes one where
 * there is none.
 */
export async function claimAuditFile(folder: string): Promise<ClaimedFile> {
  const host = hostname().replaceAll(/[^\w.-]/g, '_');
  for (let number = 1; number <= maxFiles; number += 1) {
    const path = join(folder, `${host}${number === 1 ? '' : `-${number}`}.log`);
    const claimed = await claim(path);
    if (claimed !== undefined) return claimed;
  }
  throw new Error('every audit file of this host is in use or broken');
}

async function claim(path: string): Promise<ClaimedFile | undefined> {
  const unlock = lock(`${path}.lock`);
  if (unlock === undefined) return undefined;
  // `a` makes it, mode 0600; only `r+` can write at a place.
  await (await open(path, 'a', 0o600)).close();
  const file = await open(path, 'r+');
  const end = await readChainEnd(file);
  if (end !== undefined) {
    return {
      ...{ path, file, end },
      release: async () => {
        await file.close();
        unlock();
      },
    };
  }
  await file.close();
  unlock();
  return undefined;
}

/** A lock of the operating system, which ends with the process however that ends: SQLite's on an empty database. */
function lock(path: string): (() => void) | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
    return () => database.close();
  } catch (error) {
    database.close();
    if (Object(error).errcode === sqliteBusy) return undefined;
    throw error;
  }
}

const sqliteBusy = 5;
