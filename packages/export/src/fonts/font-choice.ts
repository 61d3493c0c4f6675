import { type Font, openSync } from 'fontkit';
import { ExportError } from '../export-error.ts';
import type { FontFace } from './font-face.ts';

/** A stretch of text that one family can draw. */
export interface FontRun {
  readonly face: FontFace;
  readonly text: string;
}

const opened = new Map<string, Font>();
const drawable = new WeakMap<FontFace, Map<string, boolean>>();
// Blanks, combining marks (variation selectors among them) and joiners stay with the character before them.
const clinging = /^(?:\s|\p{M}|\u200c|\u200d)$/u;

/**
 * Splits a text into runs of one family, each character in the first family that has it: those for no language in particular, then the
 * locale's own (Japanese and Chinese draw the same ideographs apart), then the others. Signs that no family has (emoji) become `?`. Throws ExportError `font_missing` where letters or digits are without a family.
 */
export function fontRuns(text: string, faces: readonly FontFace[], locale: string): FontRun[] {
  const ordered = inOrder(faces, locale);
  const runs: { face: FontFace; text: string }[] = [];
  for (const character of text) {
    const last = runs.at(-1);
    const face = ordered.find((one) => hasGlyph(one, character));
    const clings = last !== undefined && clinging.test(character);
    if (clings && hasGlyph(last.face, character)) last.text += character;
    else if (face !== undefined && face === last?.face) last.text += character;
    else if (face !== undefined) runs.push({ face, text: character });
    else if (!clings) replace(runs, character, ordered);
  }
  return runs;
}

function replace(
  runs: { face: FontFace; text: string }[],
  character: string,
  [first]: readonly FontFace[],
): void {
  if (first === undefined || /[\p{L}\p{N}]/u.test(character)) {
    throw new ExportError('font_missing', `No font for ${scriptOf(character)} letters`);
  }
  const last = runs.at(-1);
  if (last) last.text += '?';
  else runs.push({ face: first, text: '?' });
}

function inOrder(faces: readonly FontFace[], locale: string): FontFace[] {
  const language = locale.split('-')[0] ?? '';
  const rank = (face: FontFace) =>
    face.languages === undefined ? 0 : face.languages.includes(language) ? 1 : 2;
  return [...faces].sort((one, other) => rank(one) - rank(other));
}

function hasGlyph(face: FontFace, character: string): boolean {
  const known = drawable.get(face) ?? new Map<string, boolean>();
  drawable.set(face, known);
  const found = known.get(character);
  if (found !== undefined) return found;
  const files = face.bold ? [face.regular, face.bold] : [face.regular];
  const answer = files.every((file) => isDrawable(openFont(file), character.codePointAt(0) ?? 0));
  known.set(character, answer);
  return answer;
}

function openFont(file: string): Font {
  const font = opened.get(file) ?? openSync(file);
  opened.set(file, font);
  return font;
}

/** fontkit cannot measure an empty glyph at the very end of a font's outlines, as Nanum Gothic's blank is: such a glyph is as good as none. */
function isDrawable(font: Font, codePoint: number): boolean {
  if (!font.hasGlyphForCodePoint(codePoint)) return false;
  try {
    return font.glyphForCodePoint(codePoint).advanceWidth >= 0;
  } catch {
    return false;
  }
}

const scripts = ['Arabic', 'Hebrew', 'Thai', 'Devanagari', 'Bengali', 'Tamil', 'Han', 'Hangul'];

function scriptOf(character: string): string {
  const found = scripts.find((script) => new RegExp(`\\p{Script=${script}}`, 'u').test(character));
  return found ?? 'some';
}
