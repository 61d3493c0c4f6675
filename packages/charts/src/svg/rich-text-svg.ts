import { wrapText } from '../text/wrap-text.ts';
import type { SvgArea } from './svg-area.ts';
import { svgText } from './svg-text.ts';

interface Block {
  readonly text: string;
  readonly isHeading: boolean;
  readonly isItem: boolean;
}

/** Markdown as plain lines: headings and list items keep their look, links their words; images and HTML are words, never loaded or run. */
export function richTextSvg(markdown: string, { theme, width, height }: SvgArea): string {
  const { colors, typography } = theme;
  const size = typography.fontSizePx;
  const lines: string[] = [];
  let y = 0;
  for (const block of blocksOf(markdown)) {
    const sizePx = block.isHeading ? size + 2 : size;
    const indent = block.isItem ? 16 : 0;
    for (const [index, line] of wrapText(block.text, width - indent, sizePx, 200).entries()) {
      y += sizePx * 1.5;
      if (y > height) return lines.join('');
      const style = {
        y,
        sizePx,
        color: block.isHeading ? colors.text : colors.textMuted,
        weight: block.isHeading ? 600 : 400,
        fontFamily: typography.fontFamily,
      };
      if (block.isItem && index === 0) lines.push(svgText('•', { ...style, x: 2 }));
      lines.push(svgText(line, { ...style, x: indent }));
    }
    y += size * 0.5;
  }
  return lines.join('');
}

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const close = () => {
    if (paragraph.length > 0)
      blocks.push({ text: words(paragraph.join(' ')), isHeading: false, isItem: false });
    paragraph = [];
  };
  for (const line of markdown.split(/\r?\n/)) {
    const heading = /^ {0,3}#{1,6}\s(.*)$/s.exec(line);
    const item = /^\s*(?:[-*+]|\d{1,9}[.)])\s(.*)$/s.exec(line);
    if (heading ?? item ?? line.trim() === '') close();
    if (heading)
      blocks.push({ text: words(heading[1]?.trim() ?? ''), isHeading: true, isItem: false });
    else if (item)
      blocks.push({ text: words(item[1]?.trim() ?? ''), isHeading: false, isItem: true });
    else if (line.trim() !== '') paragraph.push(line.trim());
  }
  close();
  return blocks;
}

function words(text: string): string {
  return text
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, '$1')
    .replace(/(\*\*|__|~~|`)/g, '')
    .replace(/(^|\W)\*([^\s*][^*]*)\*(?=\W|$)/g, '$1$2')
    .replace(/(^|\W)_([^\s_][^_]*)_(?=\W|$)/g, '$1$2');
}
