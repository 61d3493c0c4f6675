import type { LegendComponentOption } from 'echarts';
import { textWidth } from '../text/text-width.ts';
import { truncateText } from '../text/truncate-text.ts';
import { withAlpha } from '../theme/color.ts';
import { type ChartContext, smallFontPx } from './chart-context.ts';

const markPx = 8;
const gapPx = 16;
const linePx = 22;
const maxTextPx = 180;

/** One line of a legend: the key ECharts knows it by and what is read. */
export interface LegendEntry {
  readonly key: string;
  readonly text: string;
}

/** A legend above the marks, with the height it takes in px. On screen one line that scrolls, on paper up to four lines. */
export function topLegend(
  entries: readonly LegendEntry[],
  context: ChartContext,
): { legend: LegendComponentOption; heightPx: number } {
  const fontPx = smallFontPx(context);
  const widths = entries.map(
    ({ text }) => Math.min(maxTextPx, textWidth(text, fontPx)) + markPx + 5 + gapPx,
  );
  const lines = linesOf(widths, context.width);
  const isScrolled = lines > 1 && (!context.still || lines > 4);
  return {
    legend: {
      ...legendStyle(entries, context),
      type: isScrolled ? 'scroll' : 'plain',
      top: 0,
      left: 0,
      right: 0,
      padding: [2, 0, 0, 0],
      itemGap: gapPx,
    } as LegendComponentOption,
    heightPx: (isScrolled ? 1 : lines) * linePx + 4,
  };
}

/** What legends share, wherever they stand. Names are keys; what is read comes from `entries` as plain text. */
export function legendStyle(
  entries: readonly LegendEntry[],
  context: ChartContext,
  maxPx = maxTextPx,
): LegendComponentOption {
  const { colors, typography } = context.theme;
  const texts = new Map(entries.map(({ key, text }) => [key, text]));
  const fontPx = smallFontPx(context);
  return {
    icon: 'circle',
    itemWidth: markPx,
    itemHeight: markPx,
    data: entries.map(({ key }) => key),
    selected: Object.fromEntries((context.hiddenSeries ?? []).map((key) => [key, false])),
    formatter: (key: string) => truncateText(texts.get(key) ?? '', maxPx, fontPx),
    inactiveColor: withAlpha(colors.textMuted, 0.45),
    textStyle: { color: colors.textMuted, fontSize: fontPx, fontFamily: typography.fontFamily },
    pageIconColor: colors.textMuted,
    pageIconInactiveColor: colors.border,
    pageIconSize: 10,
    pageTextStyle: { color: colors.textMuted, fontSize: fontPx },
    animation: false,
  } as LegendComponentOption;
}

function linesOf(widths: readonly number[], roomPx: number): number {
  let lines = 1;
  let used = 0;
  for (const width of widths) {
    if (used > 0 && used + width > roomPx) {
      lines += 1;
      used = 0;
    }
    used += width;
  }
  return lines;
}
