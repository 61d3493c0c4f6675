import type { EChartsOption } from 'echarts';
import type { ChartData } from '../data/chart-data.ts';
import { type PieSlice, pieSlices } from '../data/pie-slices.ts';
import { formatNumber } from '../format/format-number.ts';
import { textWidth } from '../text/text-width.ts';
import { truncateText } from '../text/truncate-text.ts';
import { seriesColors } from '../theme/member-colors.ts';
import type { Widget } from '../view-model.ts';
import { dimmedOpacity } from './cartesian-series.ts';
import { type ChartContext, smallFontPx } from './chart-context.ts';
import { legendStyle, topLegend } from './legend.ts';

/** A pie or ring; its legend stands beside it where there is room, above it where not, with each slice's share. */
export function pieOption(widget: Widget, data: ChartData, context: ChartContext): EChartsOption {
  const slices = pieSlices(data, new Set(context.hiddenSeries));
  const colors = seriesColors(widget, data, context);
  const { width, height } = context;
  const isWide = width >= 300 && width > height * 1.15;
  const entries = slices.map((slice) => ({
    key: slice.key,
    text: entryText(slice, context, isWide ? 0.36 : 0.8),
  }));
  const hasLabels = widget.options?.labels === true;
  const above = isWide || hasLabels ? undefined : topLegend(entries, context);
  const topPx = above?.heightPx ?? 0;
  const legendPx = isWide && !hasLabels ? sideWidth(entries, context) : 0;
  const roomPx = Math.min(width - legendPx - 24, height - topPx - 8);
  const radiusPx = Math.max(12, (hasLabels ? roomPx * 0.66 : roomPx) / 2 - 2);
  // The ring and its legend are centred together: on a wide card they would drift apart otherwise.
  const restPx = Math.max(0, width - legendPx - radiusPx * 2 - (legendPx > 0 ? 32 : 0));
  const centerPx = legendPx > 0 ? restPx / 2 + radiusPx : width / 2;
  return {
    ...(above ? { legend: above.legend } : {}),
    ...(legendPx > 0
      ? { legend: sideLegend(entries, context, centerPx + radiusPx + 32, legendPx) }
      : {}),
    series: [
      {
        type: 'pie',
        center: [centerPx, topPx + (height - topPx) / 2],
        radius: [radiusPx * innerShare(widget), radiusPx],
        data: slices.map((slice, index) => ({
          name: slice.key,
          value: slice.value,
          itemStyle: {
            color: colors[index] ?? context.theme.colors.accent,
            opacity: slice.dimmed ? dimmedOpacity : 1,
          },
        })),
        itemStyle: {
          borderColor: context.theme.colors.surface,
          borderWidth: slices.length > 1 ? 1.5 : 0,
          borderRadius: 2,
        },
        emphasis: { scaleSize: 4 },
        label: hasLabels ? sliceLabel(entries, context) : { show: false },
        labelLine: {
          show: hasLabels,
          length: 8,
          length2: 8,
          lineStyle: { color: context.theme.colors.border },
        },
      },
    ],
  } as EChartsOption;
}

function innerShare(widget: Widget): number {
  return Math.min(0.9, Math.max(0, widget.options?.innerRadius ?? 0));
}

/** `part` of the width is the most that a name may take. */
function entryText(slice: PieSlice, context: ChartContext, part: number): string {
  const share = formatNumber(
    slice.share,
    { style: 'percent', decimals: slice.share < 0.1 ? 1 : 0 },
    context.locale,
  );
  const roomPx = Math.max(70, context.width * part) - textWidth(share, smallFontPx(context));
  return `${truncateText(slice.text, roomPx, smallFontPx(context))}  ${share}`;
}

function sideWidth(entries: readonly { text: string }[], context: ChartContext): number {
  const widest = Math.max(0, ...entries.map(({ text }) => textWidth(text, smallFontPx(context))));
  return Math.min(context.width * 0.5, widest + 24);
}

function sideLegend(
  entries: readonly { key: string; text: string }[],
  context: ChartContext,
  leftPx: number,
  widthPx: number,
) {
  const linePx = smallFontPx(context) + 12;
  const isScrolled = entries.length * linePx > context.height;
  return {
    ...legendStyle(entries, context, widthPx),
    type: isScrolled ? 'scroll' : 'plain',
    orient: 'vertical',
    left: leftPx,
    top: isScrolled ? 4 : 'middle',
    ...(isScrolled ? { height: context.height - 12 } : {}),
    itemGap: 12,
    padding: 0,
  };
}

function sliceLabel(entries: readonly { key: string; text: string }[], context: ChartContext) {
  const texts = new Map(entries.map(({ key, text }) => [key, text]));
  return {
    show: true,
    color: context.theme.colors.textMuted,
    fontSize: smallFontPx(context),
    fontFamily: context.theme.typography.fontFamily,
    formatter: ({ name }: { name: string }) => texts.get(name) ?? '',
  };
}
