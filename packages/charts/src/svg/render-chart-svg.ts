import { placeholder } from '../format/placeholder.ts';
import { isChart, isEmptyChart } from '../option/chart-option.ts';
import { checkTheme } from '../theme/check-theme.ts';
import type { MemberColors } from '../theme/member-colors.ts';
import type { QueryResult, Theme, Widget } from '../view-model.ts';
import { echartsSvg } from './echarts-svg.ts';
import { indicatorSvg } from './indicator-svg.ts';
import { richTextSvg } from './rich-text-svg.ts';
import type { SvgArea } from './svg-area.ts';
import { escapeXml, round, svgText } from './svg-text.ts';
import { tableSvg } from './table-svg.ts';

/** What a drawing on the server depends on besides the widget and its rows. */
export interface SvgOptions {
  readonly theme: Theme;
  readonly locale: string;
  /** Size of the whole card in px. */
  readonly width: number;
  readonly height: number;
  /** Card with border, title and subtitle around the drawing. Default true; false draws edge to edge. */
  readonly card?: boolean;
  /** Written where there is nothing to draw, already translated. Default an en dash. */
  readonly emptyText?: string;
  /** Begins the ids inside, so that several drawings can stand in one document. Default `v`. */
  readonly idPrefix?: string;
  /** Colours that members have in other drawings. Default: colours by position. */
  readonly colors?: MemberColors;
}

const paddingPx = 16;

/**
 * Any widget as an SVG document for the server: charts by ECharts, the others by simple means. All data is escaped text;
 * the theme is checked (throws ThemeError). The same input gives the same bytes.
 */
export function renderChartSvg(widget: Widget, result: QueryResult, options: SvgOptions): string {
  checkTheme(options.theme);
  const { theme, width, height } = options;
  const { colors } = theme;
  const isCard = options.card ?? true;
  const pad = isCard ? paddingPx : 0;
  const headPx = isCard ? headHeight(widget, theme) : 0;
  const area: SvgArea = {
    ...options,
    width: Math.max(1, width - pad * 2),
    height: Math.max(1, height - headPx - pad * (isCard ? 1.75 : 0)),
    idPrefix: options.idPrefix?.replace(/[^A-Za-z0-9_-]/g, '') || 'v',
  };
  const frame = isCard
    ? `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="${theme.radiusPx}" fill="${colors.surface}" stroke="${colors.border}"/>${head(widget, options)}`
    : '';
  const top = round(isCard ? headPx + pad * 0.75 : 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(widget.title)}</title>`,
    frame,
    `<g transform="translate(${pad},${top})">${content(widget, result, area, options.emptyText)}</g>`,
    '</svg>',
  ].join('');
}

function content(widget: Widget, result: QueryResult, area: SvgArea, emptyText?: string): string {
  if (widget.type === 'richtext') return richTextSvg(widget.text ?? '', area);
  if (widget.type === 'indicator') return indicatorSvg(widget, result, area);
  const isEmpty = isChart(widget) ? isEmptyChart(result, area.locale) : result.values.length === 0;
  if (isEmpty) return emptySvg(area, emptyText ?? placeholder);
  return isChart(widget) ? echartsSvg(widget, result, area) : tableSvg(widget, result, area);
}

function headHeight(widget: Widget, theme: Theme): number {
  if (widget.title === '' && !widget.subtitle) return 4;
  const size = theme.typography.fontSizePx;
  return paddingPx + size + (widget.subtitle ? size + 3 : 0);
}

function head(widget: Widget, { theme, width }: SvgOptions): string {
  const { colors, typography } = theme;
  const size = typography.fontSizePx;
  const line = {
    x: paddingPx,
    fontFamily: typography.fontFamily,
    maxWidthPx: width - paddingPx * 2,
  };
  const title = svgText(widget.title, {
    ...line,
    y: paddingPx + size * 0.8,
    sizePx: size,
    color: colors.text,
    weight: 600,
  });
  const subtitle = svgText(widget.subtitle ?? '', {
    ...line,
    y: paddingPx + size * 1.75 + 3,
    sizePx: size - 2,
    color: colors.textMuted,
  });
  return widget.subtitle ? title + subtitle : title;
}

function emptySvg({ theme, width, height }: SvgArea, text: string): string {
  return svgText(text, {
    x: width / 2,
    y: height / 2,
    anchor: 'middle',
    sizePx: theme.typography.fontSizePx,
    color: theme.colors.textMuted,
    fontFamily: theme.typography.fontFamily,
    maxWidthPx: width,
  });
}
