import { learnColors } from '@vitrine/charts';
import type { DashboardPicture } from './picture-options.ts';

/** The picture with a colour for each member, met widget by widget in the dashboard's order as on the screen. */
export function withColors(picture: DashboardPicture): DashboardPicture {
  const { dashboard, results, theme, locale, colors = {} } = picture;
  const learned = dashboard.widgets.reduce((known, widget) => {
    const result = results.get(widget.oid);
    return result ? learnColors(known, widget, result, { theme, locale }) : known;
  }, colors);
  return { ...picture, colors: learned };
}
