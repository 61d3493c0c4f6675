import { type FileHandle, open, readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type AuditPart, auditPartName, auditPartOf } from './audit-parts.ts';
import { type ChainEnd, readChainEnd } from './chain-end.ts';

const maxFiles = 1000;

/** An audit file that this process alone writes, open at the end of its chain. */
export interface ClaimedFile {
  readonly path: string;
  readonly file: FileHandle;
  readonly end: ChainEnd;
  /** Lets go of the file for the next part of its chain, which is empty and goes on from this end. */
  next(end: ChainEnd): Promise<ClaimedFile>;
  release(): Promise<void>;
}

/**
 * Takes the first file of this host in the folder that no process holds and whose last line is sound; makes one where
 * there is none.
 */
export async function claimAuditFile(folder: string): Promise<ClaimedFile> {
  const host = hostname().replaceAll(/[^\w.-]/g, '_');
  for (let number = 1; number <= maxFiles; number += 1) {
    const claimed = await claim(folder, `${host}${number === 1 ? '' : `-${number}`}`);
    if (claimed !== undefined) return claimed;
  }
  throw new Error('every audit file of this host is in use or broken');
}

async function claim(folder: string, chain: string): Promise<ClaimedFile | undefined> {
  const unlock = lock(join(folder, `${chain}.log.lock`));
  if (unlock === undefined) return undefined;
  const last = await lastPartOf(folder, chain);
  const file = await openPart(folder, last);
  const end = await readEnd(folder, last, file);
  if (end !== undefined) return claimed({ folder, part: last, file, end, unlock });
  await file.close();
  unlock();
  return undefined;
}

interface Holding {
  readonly folder: string;
  readonly part: AuditPart;
  readonly file: FileHandle;
  readonly end: ChainEnd;
  readonly unlock: () => void;
}

function claimed({ folder, part, file, end, unlock }: Holding): ClaimedFile {
  return {
    ...{ path: join(folder, auditPartName(part)), file, end },
    next: async (from) => {
      const following = { ...part, number: part.number + 1 };
      const opened = await openPart(folder, following);
      await syncFolder(folder);
      await file.close();
      return claimed({
        folder,
        part: following,
        file: opened,
        end: { ...from, length: 0 },
        unlock,
      });
    },
    release: async () => {
      await file.close();
      unlock();
    },
  };
}

async function lastPartOf(folder: string, chain: string): Promise<AuditPart> {
  const parts = (await readdir(folder)).flatMap((name) => auditPartOf(name) ?? []);
  const numbers = parts.filter((part) => part.chain === chain).map(({ number }) => number);
  return { chain, number: Math.max(1, ...numbers) };
}

/** `a` makes it, mode 0600; only `r+` can write at a place. */
async function openPart(folder: string, part: AuditPart): Promise<FileHandle> {
  const path = join(folder, auditPartName(part));
  await (await open(path, 'a', 0o600)).close();
  return await open(path, 'r+');
}

/** A part that the process died before writing to goes on from the one before, which was whole by then. */
async function readEnd(
  folder: string,
  part: AuditPart,
  file: FileHandle,
): Promise<ChainEnd | undefined> {
  const end = await readChainEnd(file);
  if (end === undefined || end.seq > 0 || part.number === 1) return end;
  const before = await openPart(folder, { ...part, number: part.number - 1 });
  try {
    const from = await readChainEnd(before);
    return from && { ...from, length: 0 };
  } finally {
    await before.close();
  }
}

/** The name of a new file is on the disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
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
