import { renderChartSvg } from '@vitrine/charts/svg';
import { noDataText } from '../text/export-texts.ts';
import type { Band } from './layout.ts';
import type { DashboardPicture } from './picture-options.ts';

const emptyResult = { headers: [], values: [], metadata: [], truncated: false };

/** The widgets of a band as nested drawings, the band's top at `top` px. */
export function bandSvg(band: Band, top: number, picture: DashboardPicture): string {
  return band.places
    .map(({ widget, x, y, width, height }) => {
      const svg = renderChartSvg(widget, picture.results.get(widget.oid) ?? emptyResult, {
        theme: picture.theme,
        locale: picture.locale,
        ...(picture.colors && { colors: picture.colors }),
        width,
        height,
        emptyText: noDataText(picture.language ?? picture.locale),
        idPrefix: `w${widget.oid}`,
      });
      // A group, not a nested document: the PDF writer would clip text that reaches over a document's edge.
      const inner = svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'));
      return `<g transform="translate(${x},${top + y})">${inner.replace(/<title>[^<]*<\/title>/, '')}</g>`;
    })
    .join('');
}
