import type { Widget } from '@vitrine/charts';
import { ExportError } from '../export-error.ts';
import type { WidgetPicture } from './picture-options.ts';

/** The widget a picture is of. Throws ExportError `widget_unknown`. */
export function findWidget({
  dashboard,
  widget,
}: Pick<WidgetPicture, 'dashboard' | 'widget'>): Widget {
  const found = dashboard.widgets.find(({ oid }) => oid === widget);
  if (found) return found;
  throw new ExportError('widget_unknown', 'The dashboard has no such widget');
}
