import { textWidth } from './text-width.ts';
import { truncateText } from './truncate-text.ts';

/** Breaks a text at blanks into at most `maxLines` lines of a width in px; what is left over is cut with an ellipsis. */
export function wrapText(
  text: string,
  maxWidthPx: number,
  fontSizePx: number,
  maxLines: number,
): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const isFull = line !== '' && textWidth(longer, fontSizePx) > maxWidthPx;
    if (isFull && lines.length < maxLines - 1) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((one) => truncateText(one, maxWidthPx, fontSizePx));
}
