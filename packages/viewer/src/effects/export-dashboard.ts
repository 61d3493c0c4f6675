import type { ExportFormat, ExportResult } from '@vitrine/protocol';
import { changesOf, colorsOf } from '../store/selectors.ts';
import { ViewerError } from '../viewer-error.ts';
import { type EffectContext, report } from './effect-context.ts';

/**
 * Fetches the file of the dashboard, or of one widget, with the reader's filters, and hands it to the browser as a
 * download. Throws `ability_missing` without asking the service where the session may not, else what the service says.
 */
export async function exportDashboard(
  context: EffectContext,
  { format, widget }: { readonly format: ExportFormat; readonly widget?: string },
): Promise<ExportResult> {
  const { store, api, tell } = context;
  const { dashboardOid, session, theme, language } = store.state;
  if (!session?.abilities.export) {
    throw new ViewerError('ability_missing', 'The token does not grant export.');
  }
  if (!dashboardOid) throw new ViewerError('not_found', 'No dashboard is open.');
  store.dispatch({ type: 'export-started', format });
  try {
    const changes = changesOf(store.state);
    const file = await api.export(dashboardOid, {
      format,
      language,
      colors: colorsOf(store.state),
      ...(theme ? { theme: theme.oid } : {}),
      ...(widget ? { widget } : {}),
      ...(changes.length > 0 ? { filters: changes } : {}),
    });
    download(file.blob, file.name);
    const text = { kind: 'exported', name: file.name } as const;
    store.dispatch({ type: 'export-ended', notice: { tone: 'info', text } });
    const result = { format, fileName: file.name.slice(0, 255), ...(widget ? { widget } : {}) };
    tell({ type: 'exportDone', ...result });
    return result;
  } catch (error) {
    const code = report(context, error) ?? 'server_error';
    const text = { kind: 'error', code } as const;
    store.dispatch({ type: 'export-ended', notice: { tone: 'error', text } });
    throw error;
  }
}

/** A link click works in a frame too, as long as its sandbox allows downloads. */
function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
