import type { QueryResult } from '@vitrine/charts';
import type { DrawnFormat, ExportJob } from './export-job.ts';

const noRows: QueryResult = { headers: [], values: [], metadata: [], truncated: false };

/** Draws the whole dashboard or the one widget, or writes its workbook. Throws `ExportError`. */
export async function drawFile(format: DrawnFormat, job: ExportJob): Promise<Uint8Array> {
  // Fonts and the libraries that draw take some 110 MB: only what is asked for is loaded.
  if (format === 'xlsx') return (await import('./write-xlsx.ts')).writeXlsx(sheetsOf(job));
  const drawing = await import('@vitrine/export');
  const [only] = job.widgets;
  if (!job.isSingle || !only) {
    return format === 'png' ? drawing.renderDashboardPng(job) : drawing.renderDashboardPdf(job);
  }
  const { dashboard, theme, colors, locale, language, filters, timeZone, now } = job;
  const result = job.results.get(only.oid) ?? noRows;
  const picture = { dashboard, theme, colors, locale, language, widget: only.oid, result };
  return format === 'png'
    ? drawing.renderWidgetPng(picture)
    : drawing.renderWidgetPdf({ ...picture, filters, timeZone, now });
}

function sheetsOf({ widgets, results }: ExportJob) {
  return widgets.flatMap(({ oid, title }) => {
    const result = results.get(oid);
    return result ? [{ title, result }] : [];
  });
}
