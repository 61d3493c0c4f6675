import type { Theme, Widget } from '../view-model.ts';

/** The place in the palette where a widget begins: its `color`. */
export function firstColor(widget: Widget): number {
  return Math.max(0, Math.trunc(widget.options?.color ?? 0) || 0);
}

/** The colour at a place; behind the last one the palette begins again. */
export function paletteColor(theme: Theme, place: number): string {
  const { palette } = theme;
  return palette[place % palette.length] ?? theme.colors.accent;
}
