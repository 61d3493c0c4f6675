import type { Theme } from '../view-model.ts';
import { checkTheme } from './check-theme.ts';

/** Name of a custom property of the viewer. */
export type ThemeProperty = `--vitrine-${string}`;

/**
 * A theme as CSS custom properties, to be set one by one with `style.setProperty`: `--vitrine-color-<name>` for each colour,
 * `--vitrine-palette-<n>` from 1, `--vitrine-font-family`, `--vitrine-font-size`, `--vitrine-radius`, `--vitrine-color-scheme`.
 * Throws the ThemeError codes of `checkTheme`.
 */
export function themeCss(theme: Theme): Record<ThemeProperty, string> {
  checkTheme(theme);
  const properties: Record<ThemeProperty, string> = {
    '--vitrine-color-scheme': theme.mode === 'dark' ? 'dark' : 'light',
    '--vitrine-font-family': theme.typography.fontFamily,
    '--vitrine-font-size': `${theme.typography.fontSizePx}px`,
    '--vitrine-radius': `${theme.radiusPx}px`,
  };
  const { colors } = theme;
  const named: Record<keyof Theme['colors'], string> = {
    background: colors.background,
    surface: colors.surface,
    border: colors.border,
    text: colors.text,
    textMuted: colors.textMuted,
    accent: colors.accent,
    onAccent: colors.onAccent,
    positive: colors.positive,
    negative: colors.negative,
    grid: colors.grid,
  };
  for (const [name, color] of Object.entries(named)) {
    properties[`--vitrine-color-${kebab(name)}`] = color;
  }
  theme.palette.forEach((color, index) => {
    properties[`--vitrine-palette-${index + 1}`] = color;
  });
  return properties;
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
