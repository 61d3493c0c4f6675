import type { QueryResult } from '@vitrine/charts';
import type { ExportErrorCode } from '@vitrine/export';
import { Problem } from '@vitrine/token-service';
import type { ExportJob } from './export-file.ts';

const details: Readonly<Record<ExportErrorCode, string>> = {
  font_missing: 'A text has letters that no font at hand can draw. Export to XLSX instead.',
  size_limit: 'The picture would be too large. Export single widgets, or to PDF.',
  pdf_failed: 'A part of the dashboard cannot be drawn as PDF. Export to PNG instead.',
  widget_unknown: 'There is no such widget.',
};

/** Fonts and the libraries that draw take some 110 MB: only a process that has drawn holds them. */
const loadDrawing = () => import('@vitrine/export');
type Drawing = Awaited<ReturnType<typeof loadDrawing>>;

/**
 * Draws the whole dashboard or the one widget.
 *
 * @throws Problem `export_failed`
 */
export async function renderPicture(format: 'png' | 'pdf', job: ExportJob): Promise<Buffer> {
  const drawing = await loadDrawing();
  try {
    return Buffer.from(await draw(format, job, drawing));
  } catch (error) {
    if (!(error instanceof drawing.ExportError)) throw error;
    throw new Problem('export_failed', { detail: details[error.code], cause: error });
  }
}

function draw(format: 'png' | 'pdf', job: ExportJob, drawing: Drawing): Promise<Uint8Array> {
  const [only] = job.widgets;
  if (!job.isSingle || !only) {
    return format === 'png' ? drawing.renderDashboardPng(job) : drawing.renderDashboardPdf(job);
  }
  const { dashboard, theme, locale, language, filters, timeZone, now } = job;
  const result = job.results.get(only.oid) ?? noRows;
  const picture = { dashboard, theme, locale, language, widget: only.oid, result };
  return format === 'png'
    ? drawing.renderWidgetPng(picture)
    : drawing.renderWidgetPdf({ ...picture, filters, timeZone, now });
}

const noRows: QueryResult = { headers: [], values: [], metadata: [], truncated: false };
