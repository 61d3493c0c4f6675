import type { Dashboard, QueryResult, Theme, ViewFilter, Widget } from '@vitrine/charts';
import { Problem } from '@vitrine/token-service';
import { renderPicture } from './render-picture.ts';
import { writeCsv } from './write-csv.ts';
import { writeXlsx } from './write-xlsx.ts';

export type ExportFormat = 'pdf' | 'png' | 'xlsx' | 'csv';

/** What is exported, as the session sees it. */
export interface ExportJob {
  readonly dashboard: Dashboard;
  /** Those to export: all of the dashboard's, or one. */
  readonly widgets: readonly Widget[];
  /** By oid of the widget; rich texts have none. */
  readonly results: ReadonlyMap<string, QueryResult>;
  /** Filters in force, for the heading. */
  readonly filters: readonly ViewFilter[];
  readonly theme: Theme;
  readonly locale: string;
  readonly language: string;
  readonly timeZone: string;
  readonly now: Date;
  /** True where one widget was named. */
  readonly isSingle: boolean;
}

export interface ExportedFile {
  readonly type: string;
  readonly body: string | Buffer;
}

/**
 * Writes the file. CSV is one table, so it takes one widget; a workbook has a sheet for each; pictures and documents
 * show them as the screen does.
 *
 * @throws Problem `body_invalid` where CSV is asked for anything but one widget with rows, or a workbook for none;
 * `export_failed`
 */
export async function exportFile(format: ExportFormat, job: ExportJob): Promise<ExportedFile> {
  switch (format) {
    case 'csv':
      return { type: 'text/csv; charset=utf-8', body: writeCsv(onlyResult(job)) };
    case 'xlsx':
      return {
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        body: await writeXlsx(sheetsOf(job)),
      };
    case 'png':
      return { type: 'image/png', body: await renderPicture('png', job) };
    case 'pdf':
      return { type: 'application/pdf', body: await renderPicture('pdf', job) };
  }
}

function onlyResult({ isSingle, results }: ExportJob): QueryResult {
  const [only] = results.values();
  if (!isSingle || !only) throw noRows('A CSV file holds one table: name a widget with rows.');
  return only;
}

function sheetsOf({ widgets, results }: ExportJob) {
  const sheets = widgets.flatMap(({ oid, title }) => {
    const result = results.get(oid);
    return result ? [{ title, result }] : [];
  });
  if (sheets.length === 0) throw noRows('There are no rows to export.');
  return sheets;
}

function noRows(detail: string): Problem {
  const errors = [{ pointer: '/widget', message: 'names no widget with rows' }];
  return new Problem('body_invalid', { detail, errors });
}
