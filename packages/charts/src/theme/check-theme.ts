import type { Theme } from '../view-model.ts';
import { isColor } from './color.ts';
import { ThemeError } from './theme-error.ts';

// Names and commas only: no brackets, semicolons, quotes or slashes, so nothing can leave the property (H-1).
const fontFamily = /^[\p{L}\p{N} _-]{1,64}(?:, ?[\p{L}\p{N} _-]{1,64}){0,11}$/u;

/**
 * Passes a theme whose every value is a plain colour, number or font name (H-1: themes are typed tokens, not CSS).
 * Throws ThemeError `theme_color`, `theme_palette` (6 to 12 colours), `theme_font`, `theme_size` (font 10 to 24 px, radius 0 to 32 px).
 */
export function checkTheme(theme: Theme): void {
  for (const [name, color] of Object.entries(theme.colors)) {
    if (!isColor(color)) throw new ThemeError('theme_color', `/colors/${name}`);
  }
  if (theme.palette.length < 6 || theme.palette.length > 12) {
    throw new ThemeError('theme_palette', '/palette');
  }
  theme.palette.forEach((color, index) => {
    if (!isColor(color)) throw new ThemeError('theme_color', `/palette/${index}`);
  });
  if (!fontFamily.test(theme.typography.fontFamily)) {
    throw new ThemeError('theme_font', '/typography/fontFamily');
  }
  checkSize(theme.typography.fontSizePx, 10, 24, '/typography/fontSizePx');
  checkSize(theme.radiusPx, 0, 32, '/radiusPx');
}

function checkSize(value: unknown, low: number, high: number, pointer: string): void {
  const isInside = typeof value === 'number' && value >= low && value <= high;
  if (!isInside) throw new ThemeError('theme_size', pointer);
}
