import type { Dashboard, Theme } from '@vitrine/charts';
import { svgText } from '@vitrine/charts/svg';
import { bandSvg } from './page/band-svg.ts';
import { checkLength } from './page/check-size.ts';
import { findWidget } from './page/find-widget.ts';
import { headerSvg } from './page/header-svg.ts';
import { type Band, bandGapPx, layBands } from './page/layout.ts';
import { pdfDocument } from './page/pdf-document.ts';
import type { DashboardPicture, WidgetPicture } from './page/picture-options.ts';
import { withColors } from './page/with-colors.ts';

/** A4 landscape, in points of 1/72 inch. */
const page = { width: 841.89, height: 595.28, margin: 30, footer: 16 };

/**
 * A whole dashboard as PDF in vectors, with text that can be searched and copied: header on the first page, bands of widgets that no
 * page break cuts, page numbers. Throws ExportError `font_missing`, `size_limit`, `pdf_failed`.
 */
export async function renderDashboardPdf(given: DashboardPicture): Promise<Uint8Array> {
  const picture = withColors(given);
  const width = checkLength(picture.width ?? 1200, 320, 4000);
  const bands = layBands(picture.dashboard.widgets, width);
  const header = headerSvg(picture, width);
  return drawPages(picture, width, paginate(bands, header, width, picture));
}

/** One widget as PDF on one page. Throws ExportError `font_missing`, `size_limit`, `widget_unknown`, `pdf_failed`. */
export async function renderWidgetPdf(
  picture: WidgetPicture & Pick<DashboardPicture, 'now' | 'timeZone' | 'filters'>,
): Promise<Uint8Array> {
  const widget = findWidget(picture);
  const whole = { ...widget, layout: { columns: 12, rows: 6 } };
  const dashboard: Dashboard = { ...picture.dashboard, widgets: [whole] };
  return renderDashboardPdf({
    ...picture,
    dashboard,
    results: new Map([[widget.oid, picture.result]]),
    width: 1100,
  });
}

/** The drawing of each page, in px of the layout, without its footer. */
function paginate(
  bands: readonly Band[],
  header: { svg: string; height: number },
  width: number,
  picture: DashboardPicture,
): string[] {
  const pagePx = heightPx(width);
  const pages: string[][] = [[header.svg]];
  let y = header.height;
  for (const band of bands) {
    const isFirst = y === 0 || (pages.length === 1 && y === header.height);
    if (!isFirst && y + band.height > pagePx) {
      pages.push([]);
      y = 0;
    }
    // A band that is higher than a page is drawn smaller rather than cut.
    const shrink = Math.min(1, (pagePx - y) / band.height);
    const drawn = bandSvg(band, 0, picture);
    pages.at(-1)?.push(`<g transform="translate(0,${y}) scale(${shrink})">${drawn}</g>`);
    y += band.height * shrink + bandGapPx;
  }
  return pages.map((parts) => parts.join(''));
}

function drawPages(
  picture: DashboardPicture,
  width: number,
  pages: readonly string[],
): Promise<Uint8Array> {
  const height = heightPx(width) + footerPx(width);
  const document = pdfDocument(picture, page);
  pages.forEach((content, index) => {
    const footer = footerSvg(`${index + 1} / ${pages.length}`, picture, width, height);
    document.addPage(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">${content}${footer}</svg>`,
      { width, height },
    );
  });
  return document.finish();
}

function footerSvg(
  number: string,
  { theme, dashboard }: { theme: Theme; dashboard: Dashboard },
  width: number,
  height: number,
) {
  const style = {
    y: height - 2,
    sizePx: theme.typography.fontSizePx - 1,
    color: theme.colors.textMuted,
    fontFamily: theme.typography.fontFamily,
  };
  const title = svgText(dashboard.title, { ...style, x: 0, maxWidthPx: width * 0.7 });
  return title + svgText(number, { ...style, x: width, anchor: 'end' });
}

function heightPx(width: number): number {
  return ((page.height - page.margin * 2 - page.footer) * width) / (page.width - page.margin * 2);
}

function footerPx(width: number): number {
  return (page.footer * width) / (page.width - page.margin * 2);
}
