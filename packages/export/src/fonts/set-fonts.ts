import { escapeXml } from '@vitrine/charts/svg';
import { fontRuns } from './font-choice.ts';
import type { FontFace } from './font-face.ts';

/** A drawing whose every text names a family that can draw it, and the files of those families. */
export interface FontedSvg {
  readonly svg: string;
  readonly faces: ReadonlySet<FontFace>;
}

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Names for each text the fonts that have its characters. Neither writer of files falls back by itself, or not to the same font. Throws ExportError `font_missing`. */
export function setFonts(svg: string, faces: readonly FontFace[], locale: string): FontedSvg {
  const used = new Set<FontFace>();
  const fonted = svg.replace(
    /<text ([^<>]*)>([^<]*)<\/text>/g,
    (_match, attributes: string, content: string) => {
      const text = content.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity] ?? '');
      const runs = fontRuns(text, faces, locale);
      for (const { face } of runs) used.add(face);
      const [only] = runs;
      const rest = attributes.replace(/ ?font-family="[^"]*"/, '');
      const family = `font-family="${escapeXml(only?.face.family ?? '')}"`;
      const inner =
        runs.length < 2
          ? keepBlanks(only?.text ?? '')
          : runs
              .map(
                (run) =>
                  `<tspan font-family="${escapeXml(run.face.family)}">${keepBlanks(run.text)}</tspan>`,
              )
              .join('');
      return `<text ${rest} ${family}>${inner}</text>`;
    },
  );
  return { svg: fonted, faces: used };
}

/** `escapeXml` trims; blanks at the ends of a run part it from its neighbours. */
function keepBlanks(text: string): string {
  const middle = text.trim();
  const from = text.length - text.trimStart().length;
  return `${text.slice(0, from)}${escapeXml(middle)}${text.slice(from + middle.length)}`;
}
