import type { Theme, Widget } from '../view-model.ts';

/** Colour of the series (or slice) at a position, beginning at the widget's `color` and going round the palette. */
export function seriesColor(theme: Theme, widget: Widget, position: number): string {
  const { palette } = theme;
  const start = Math.max(0, Math.trunc(widget.options?.color ?? 0) || 0);
  return palette[(start + position) % palette.length] ?? theme.colors.accent;
}
