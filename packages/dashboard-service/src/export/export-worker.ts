/** A thread that makes one file after the other, so that the one that answers requests stays free. */
import { parentPort } from 'node:worker_threads';
import type { ExportErrorCode } from '@vitrine/export';
import { drawFile } from './draw-file.ts';
import type { DrawnFormat, ExportJob } from './export-job.ts';

export interface ToWorker {
  readonly format: DrawnFormat;
  readonly job: ExportJob;
}

/** `reason` says what cannot be drawn; `fault` is anything else, for the log. */
export type FromWorker =
  | { readonly body: Uint8Array }
  | { readonly reason: ExportErrorCode }
  | { readonly fault: string };

parentPort?.on('message', async ({ format, job }: ToWorker) => {
  parentPort?.postMessage(
    await drawFile(format, job).then((body): FromWorker => ({ body }), refusalOf),
  );
});

function refusalOf(error: unknown): FromWorker {
  const { name, code, stack } = error as Error & { readonly code?: unknown };
  return name === 'ExportError'
    ? { reason: code as ExportErrorCode }
    : { fault: stack ?? String(error) };
}
