import { renderAsync } from '@resvg/resvg-js';
import { renderChartSvg } from '@vitrine/charts/svg';
import { packagedFonts } from './fonts/font-face.ts';
import { setFonts } from './fonts/set-fonts.ts';
import { bandSvg } from './page/band-svg.ts';
import { checkDots, checkLength } from './page/check-size.ts';
import { findWidget } from './page/find-widget.ts';
import { headerSvg } from './page/header-svg.ts';
import { bandGapPx, layBands } from './page/layout.ts';
import type { DashboardPicture, PictureOptions, WidgetPicture } from './page/picture-options.ts';
import { withColors } from './page/with-colors.ts';
import { noDataText } from './text/export-texts.ts';

const paddingPx = 24;

/** A whole dashboard as PNG: header with title, date and filters, then the widgets as on a wide screen. Throws ExportError `font_missing`, `size_limit`. */
export async function renderDashboardPng(given: DashboardPicture): Promise<Uint8Array> {
  const picture = withColors(given);
  const width = checkLength(picture.width ?? 1200, 320, 4000);
  const inner = width - paddingPx * 2;
  const header = headerSvg(picture, inner);
  const parts = [header.svg];
  let y = header.height;
  for (const band of layBands(picture.dashboard.widgets, inner)) {
    parts.push(bandSvg(band, y, picture));
    y += band.height + bandGapPx;
  }
  const height = Math.ceil(y - bandGapPx + paddingPx * 2);
  const ground = `<rect width="${width}" height="${height}" fill="${picture.theme.colors.background}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${ground}<g transform="translate(${paddingPx},${paddingPx})">${parts.join('')}</g></svg>`;
  return toPng(svg, { width, height, scale: picture.scale ?? 1.5 }, picture);
}

/** One widget as PNG. Throws ExportError `font_missing`, `size_limit`, `widget_unknown`. */
export async function renderWidgetPng(picture: WidgetPicture): Promise<Uint8Array> {
  const width = checkLength(picture.width ?? 800, 160, 4000);
  const height = checkLength(picture.height ?? 450, 160, 4000);
  const svg = renderChartSvg(findWidget(picture), picture.result, {
    theme: picture.theme,
    locale: picture.locale,
    ...(picture.colors && { colors: picture.colors }),
    width,
    height,
    emptyText: noDataText(picture.language ?? picture.locale),
  });
  return toPng(svg, { width, height, scale: picture.scale ?? 2 }, picture);
}

async function toPng(
  svg: string,
  { width, height, scale }: { width: number; height: number; scale: number },
  { fonts = [], locale }: PictureOptions,
): Promise<Uint8Array> {
  checkLength(scale, 1, 4);
  checkDots(width, height, scale);
  const fonted = setFonts(svg, [...fonts, ...packagedFonts], locale);
  const image = await renderAsync(fonted.svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: [...fonted.faces].flatMap(({ regular, bold }) =>
        bold ? [regular, bold] : [regular],
      ),
      defaultFontFamily: 'Inter',
    },
  });
  return image.asPng();
}
