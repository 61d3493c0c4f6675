import { parentPort, workerData } from 'node:worker_threads';
import { StateError, type StateErrorCode } from '../../state-error.ts';
import { SqliteWriter } from './sqlite-writer.ts';
import type { Write, WriteOutcome } from './write.ts';

/** What the thread is told: a batch to commit, or to close. */
export type ToWriter =
  | { readonly kind: 'commit'; readonly writes: readonly Write[] }
  | { readonly kind: 'close' };

/** What the thread answers, once for its start and once a message. */
export type FromWriter =
  | { readonly ok: true; readonly outcomes: readonly WriteOutcome[] }
  | { readonly ok: false; readonly code: StateErrorCode; readonly message: string };

function attempt(work: () => readonly WriteOutcome[]): FromWriter {
  try {
    return { ok: true, outcomes: work() };
  } catch (error) {
    if (error instanceof StateError) return { ok: false, code: error.code, message: error.message };
    // The driver's code only: its message may name what the statement held.
    const { errcode = 'unknown' } = Object(error) as { errcode?: number };
    return {
      ok: false,
      code: 'store_unavailable',
      message: `The state file failed (SQLite ${errcode}).`,
    };
  }
}

if (parentPort !== null) {
  const port = parentPort;
  let writer: SqliteWriter | undefined;
  port.postMessage(
    attempt(() => {
      writer = new SqliteWriter(workerData.path);
      return [];
    }),
  );
  port.on('message', (message: ToWriter) => {
    if (message.kind === 'commit') {
      port.postMessage(attempt(() => writer?.apply(message.writes) ?? []));
    } else {
      port.postMessage(
        attempt(() => {
          writer?.close();
          return [];
        }),
      );
      port.close();
    }
  });
}
