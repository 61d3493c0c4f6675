import * as v from 'valibot';
import { label, oid } from './primitives.ts';

/** Themes are values, never style sheets: a colour is hex and nothing else. */
const colour = v.pipe(
  v.string(),
  v.regex(/^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/, 'must be a colour as #rgb or #rrggbb'),
);

const fontFamily = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(/^[\p{L}\p{N} ,_-]+$/u, 'must be a list of font names'),
);

/** `themes/*`: one theme a file. */
export const themeSchema = v.strictObject({
  oid,
  name: label,
  mode: v.picklist(['light', 'dark']),
  colors: v.strictObject({
    background: colour,
    surface: colour,
    border: colour,
    text: colour,
    textMuted: colour,
    accent: colour,
    onAccent: colour,
    positive: colour,
    negative: colour,
    grid: colour,
  }),
  palette: v.pipe(
    v.array(colour),
    v.minLength(6, 'must name at least six colours'),
    v.maxLength(12, 'must name at most twelve colours'),
  ),
  typography: v.strictObject({
    fontFamily,
    fontSizePx: v.pipe(v.number(), v.minValue(10), v.maxValue(24)),
  }),
  radiusPx: v.pipe(v.number(), v.minValue(0), v.maxValue(32)),
});
