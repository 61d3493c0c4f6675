import type { QueryResult } from '@vitrine/charts';
import type { ExportErrorCode } from '@vitrine/export';
import { Problem } from '@vitrine/token-service';
import type { ExportDesk } from './export-desk.ts';
import type { DrawnFormat, ExportJob } from './export-job.ts';
import { writeCsv } from './write-csv.ts';

export interface ExportedFile {
  readonly type: string;
  readonly body: string | Buffer;
}

const types: Readonly<Record<DrawnFormat, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  png: 'image/png',
  pdf: 'application/pdf',
};

const details: Readonly<Record<ExportErrorCode, string>> = {
  font_missing: 'A text has letters that no font at hand can draw. Export to XLSX instead.',
  size_limit: 'The picture would be too large. Export single widgets, or to PDF.',
  pdf_failed: 'A part of the dashboard cannot be drawn as PDF. Export to PNG instead.',
  widget_unknown: 'There is no such widget.',
};

/**
 * Writes the file. CSV is one table, so it takes one widget; a workbook has a sheet for each; pictures and documents
 * show them as the screen does.
 *
 * @throws Problem `body_invalid` where CSV is asked for anything but one widget with rows, or a workbook for none;
 * `export_failed`
 */
export async function exportFile(
  format: DrawnFormat | 'csv',
  job: ExportJob,
  { limits, workers }: ExportDesk,
  signal: AbortSignal,
): Promise<ExportedFile> {
  const results = [...job.results.values()];
  const rows = results.reduce((sum, { values }) => sum + values.length, 0);
  if (rows > limits.maxRows) throw failed('The file would have too many rows. Filter first.');
  if (format === 'csv') return { type: 'text/csv; charset=utf-8', body: writeCsv(onlyResult(job)) };
  if (format === 'xlsx' && results.length === 0) throw noRows('There are no rows to export.');
  const answer = await workers.make({ format, job }, signal).catch(refuse);
  if ('fault' in answer) throw new Error(answer.fault);
  if ('reason' in answer) throw failed(details[answer.reason]);
  const { buffer, byteOffset, byteLength } = answer.body;
  return { type: types[format], body: Buffer.from(buffer, byteOffset, byteLength) };
}

/** A thread that has no room for the file is the file's fault. */
function refuse(error: Error & { readonly code?: unknown }): never {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
  throw failed('The file takes too much memory. Export single widgets, or filter first.');
}

function onlyResult({ isSingle, results }: ExportJob): QueryResult {
  const [only] = results.values();
  if (!isSingle || !only) throw noRows('A CSV file holds one table: name a widget with rows.');
  return only;
}

function failed(detail: string): Problem {
  return new Problem('export_failed', { detail });
}

function noRows(detail: string): Problem {
  const errors = [{ pointer: '/widget', message: 'names no widget with rows' }];
  return new Problem('body_invalid', { detail, errors });
}
