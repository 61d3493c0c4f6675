const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;

/** True for `#rgb` and `#rrggbb`, the only colours a theme may hold: no functions, names, urls or variables. */
export function isColor(text: unknown): text is string {
  return typeof text === 'string' && hex.test(text);
}

/** Red, green and blue, 0 to 255, of a colour that `isColor` accepts; black otherwise. */
function channels(color: string): readonly [number, number, number] {
  if (!isColor(color)) return [0, 0, 0];
  const digits =
    color.length === 4
      ? [...color.slice(1)].map((digit) => digit + digit)
      : color.slice(1).match(/../g);
  const [red = 0, green = 0, blue = 0] = (digits ?? []).map((pair) => Number.parseInt(pair, 16));
  return [red, green, blue];
}

/** The colour as `rgba(…)` with an opacity of 0 to 1. */
export function withAlpha(color: string, alpha: number): string {
  return `rgba(${channels(color).join(',')},${alpha})`;
}

/** WCAG 2.2 contrast ratio of two colours, 1 to 21. */
export function contrastRatio(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

/** Whichever of near-black and white is easier to read on a colour. */
export function readableOn(color: string): string {
  const ink = '#14181f';
  return contrastRatio(ink, color) > contrastRatio('#ffffff', color) ? ink : '#ffffff';
}

function luminance(color: string): number {
  const [red, green, blue] = channels(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
