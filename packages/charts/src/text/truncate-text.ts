import { textWidth } from './text-width.ts';

/** Cuts a text to a width in px, with an ellipsis where anything was cut. */
export function truncateText(text: string, maxWidthPx: number, fontSizePx: number): string {
  if (textWidth(text, fontSizePx) <= maxWidthPx) return text;
  const room = maxWidthPx - fontSizePx * 0.9;
  let kept = '';
  let width = 0;
  for (const character of text) {
    width += textWidth(character, fontSizePx);
    if (width > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
