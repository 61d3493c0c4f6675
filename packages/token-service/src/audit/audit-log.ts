/**
 * The audit log: what administrators do, and what opens by erasure, in a file that is only appended to, each line
 * chained to the one above (I-4). An entry has reached the disk before the act begins; where it cannot, nothing is done.
 *
 * One process writes one file. The folder may be shared: a process takes `<host>.log`, or the next free
 * `<host>-2.log`, …, holds it by a lock that ends with the process, and goes on with its chain. On another day (UTC), or
 * when it is full, the chain goes on in `<host>+000002.log`, …; nothing here ever deletes a file.
 */
import { type FileHandle, mkdir } from 'node:fs/promises';
import type { Logger } from 'pino';
import { redactError } from '../log/redact-error.ts';
import { StateError } from '../state-error.ts';
import { GroupCommit } from '../store/group-commit.ts';
import { writeAuditLine } from './audit-line.ts';
import type { ChainEnd } from './chain-end.ts';
import { type ClaimedFile, claimAuditFile } from './claim-audit-file.ts';

/** Every act that is written down. */
export type AuditAct =
  | 'acl.erased'
  | 'claims.misplaced'
  | 'configuration.change'
  | 'configuration.create'
  | 'configuration.delete'
  | 'key.retire'
  | 'key.rotate'
  | 'revocation.create'
  | 'revocation.delete'
  | 'session.end'
  | 'token.generate'
  | 'token.test';

/** What is written down of an act: ids alone, never a secret, a token or a claim other than `sub`. */
export interface AuditEntry {
  readonly act: AuditAct;
  readonly kid?: string;
  readonly sub?: string;
  /** The id that lists of sessions show: a hash, which opens nothing. */
  readonly session?: string;
  /** Id of a revocation: a hash of what it names. */
  readonly revocation?: string;
  /** Names of the settings that change, not their values. */
  readonly settings?: readonly string[];
  /** The entry above of this act was not carried out. */
  readonly failed?: true;
}

interface AuditLogOptions {
  /** Made where it does not exist. */
  readonly folder: string;
  readonly log: Logger;
  /** UTC milliseconds. */
  readonly wallNow: () => number;
  /** Size of a file beyond which the chain goes on in another, bytes. Default 64 MiB. */
  readonly maxFileBytes?: number;
}

/** Writes entries, several in one go where they come together. */
export class AuditLog {
  #claim: ClaimedFile;
  readonly #options: AuditLogOptions;
  readonly #writes = new GroupCommit((entries: readonly AuditEntry[]) => this.#commit(entries));
  #end: ChainEnd;
  /** A write failed, and may have left a part of itself behind the end. */
  #isTorn = false;

  private constructor(claim: ClaimedFile, options: AuditLogOptions) {
    this.#claim = claim;
    this.#options = options;
    this.#end = claim.end;
  }

  /** Throws `StateError` `store_unavailable`. */
  static async open(options: AuditLogOptions): Promise<AuditLog> {
    try {
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
      return new AuditLog(await claimAuditFile(options.folder), options);
    } catch (cause) {
      throw new StateError('store_unavailable', 'The audit log cannot be opened.', { cause });
    }
  }

  get path(): string {
    return this.#claim.path;
  }

  /** Resolves when the entry is on the disk. Throws `StateError` `store_unavailable`. */
  write(entry: AuditEntry): Promise<void> {
    return this.#writes.add(entry);
  }

  /** The act, after its entry; an act that fails gets a second one. Throws what the act throws, or as `write`. */
  async around<Result>(entry: AuditEntry, act: () => Promise<Result>): Promise<Result> {
    await this.write(entry);
    try {
      return await act();
    } catch (error) {
      await this.write({ ...entry, failed: true }).catch(() => undefined);
      throw error;
    }
  }

  /** As `around` for an act that changes nothing: it goes on while its entry is written, and its result is held back until then. */
  async beside<Result>(entry: AuditEntry, act: () => Promise<Result>): Promise<Result> {
    const result = act();
    // Taken up below, after the entry.
    result.catch(() => undefined);
    return this.around(entry, () => result);
  }

  /** Waits for what is being written, and lets go of the file. */
  async close(): Promise<void> {
    await this.#writes.drain();
    await this.#claim.release();
  }

  async #commit(entries: readonly AuditEntry[]): Promise<readonly undefined[]> {
    try {
      await this.#append(entries);
      return entries.map(() => undefined);
    } catch (cause) {
      this.#options.log.error({ event: 'audit_failed', err: redactError(cause) });
      throw new StateError('store_unavailable', 'The audit log cannot be written.', { cause });
    }
  }

  async #append(entries: readonly AuditEntry[]): Promise<void> {
    const at = new Date(this.#options.wallNow()).toISOString();
    let { seq, hash } = this.#end;
    let lines = '';
    for (const entry of entries) {
      seq += 1;
      const line = writeAuditLine({ seq, at, prev: hash }, { ...entry });
      hash = line.hash;
      lines += `${line.text}\n`;
    }
    await this.#rotateBefore(at);
    const { file, path } = this.#claim;
    const { length } = this.#end;
    if (this.#isTorn) await file.truncate(length);
    this.#isTorn = true;
    await writeAll(file, Buffer.from(lines), length);
    await file.datasync();
    this.#isTorn = false;
    this.#end = { seq, hash, at, length: length + Buffer.byteLength(lines) };
    this.#options.log.info({ event: 'audit', file: path, lines: seq, head: hash });
  }

  /** A write that failed has left nothing that counts: what follows goes on from the same end, in whichever file. */
  async #rotateBefore(at: string): Promise<void> {
    const { at: lastAt, length } = this.#end;
    const { maxFileBytes = defaultMaxFileBytes } = this.#options;
    if (length === 0 || (length < maxFileBytes && lastAt.slice(0, 10) === at.slice(0, 10))) return;
    if (this.#isTorn) await this.#claim.file.truncate(length);
    this.#claim = await this.#claim.next(this.#end);
    this.#end = this.#claim.end;
    this.#isTorn = false;
  }
}

const defaultMaxFileBytes = 64 * 1_048_576;

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}
