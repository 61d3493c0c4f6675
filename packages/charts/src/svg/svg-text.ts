import { plainText } from '../text/plain-text.ts';
import { truncateText } from '../text/truncate-text.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is safe between tags and in quoted attributes of XML (H-1). */
export function escapeXml(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Place and look of a line of text; lengths in px. */
export interface SvgTextOptions {
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  readonly sizePx: number;
  readonly color: string;
  readonly fontFamily: string;
  /** Default 400. */
  readonly weight?: number;
  /** Default `start`. */
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Cut with an ellipsis beyond this; default not cut. */
  readonly maxWidthPx?: number;
}

/** One line of text as an SVG element. */
export function svgText(text: string, options: SvgTextOptions): string {
  const { x, y, sizePx, color, weight = 400, anchor = 'start', maxWidthPx } = options;
  const cut = maxWidthPx === undefined ? text : truncateText(plainText(text), maxWidthPx, sizePx);
  const attributes = [
    `x="${round(x)}" y="${round(y)}"`,
    `fill="${escapeXml(color)}"`,
    `font-family="${escapeXml(options.fontFamily)}" font-size="${round(sizePx)}"`,
    weight === 400 ? '' : `font-weight="${weight}"`,
    anchor === 'start' ? '' : `text-anchor="${anchor}"`,
  ];
  return `<text ${attributes.filter(Boolean).join(' ')}>${escapeXml(cut)}</text>`;
}

/** Two decimals are enough for a drawing and keep files small and equal. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}
