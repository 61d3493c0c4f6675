import { viewLevels } from '@vitrine/charts';
import { svgText } from '@vitrine/charts/svg';
import { describeFilter } from '../text/describe-filter.ts';
import type { DashboardPicture } from './picture-options.ts';

const maxFilterLines = 4;

/** The top of a file: title, description, when the data was read, and the filters in force, one line each. */
export function headerSvg(
  picture: DashboardPicture,
  widthPx: number,
): { svg: string; height: number } {
  const { dashboard, theme, locale } = picture;
  const { fontFamily, fontSizePx } = theme.typography;
  const { text, textMuted } = theme.colors;
  const small = { sizePx: fontSizePx - 1, color: textMuted, fontFamily };
  const date = dateText(picture);
  const filters = (picture.filters ?? dashboard.filters)
    .flatMap(viewLevels)
    .flatMap((item) => describeFilter(item, locale) ?? []);
  const title = svgText(dashboard.title, {
    x: 0,
    y: 22,
    sizePx: fontSizePx + 8,
    weight: 600,
    color: text,
    fontFamily,
    maxWidthPx: widthPx - 220,
  });
  const parts = [title, svgText(date, { ...small, x: widthPx, y: 22, anchor: 'end' })];
  let y = 24;
  const add = (line: string) => {
    y += fontSizePx + 6;
    parts.push(svgText(line, { ...small, x: 0, y, maxWidthPx: widthPx }));
  };
  if (dashboard.description) add(dashboard.description);
  for (const line of filterLines(filters)) add(line);
  return { svg: parts.join(''), height: y + 18 };
}

function filterLines(filters: readonly string[]): string[] {
  if (filters.length <= maxFilterLines) return [...filters];
  return [...filters.slice(0, maxFilterLines - 1), filters.slice(maxFilterLines - 1).join('   ')];
}

function dateText({ now, locale, timeZone = 'UTC' }: DashboardPicture): string {
  const options = {
    dateStyle: 'medium',
    timeStyle: 'short',
    calendar: 'gregory',
    timeZone,
  } as const;
  return new Intl.DateTimeFormat(locale, options).format(now);
}
