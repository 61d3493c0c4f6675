import type { ChartData } from '../data/chart-data.ts';
import { formatDateShort } from '../format/format-date.ts';
import { textWidth } from '../text/text-width.ts';
import { truncateText } from '../text/truncate-text.ts';
import { wrapText } from '../text/wrap-text.ts';
import type { DateLevel } from '../view-model.ts';
import { type AxisOption, axisStyle } from './axis-style.ts';
import { type ChartContext, smallFontPx } from './chart-context.ts';
import { periodTicks } from './period-ticks.ts';

/** Lowest width of a column of text that is still worth reading, px. */
const readablePx = 56;
const minIntervalMs: Readonly<Record<DateLevel, number>> = {
  years: 365 * 86_400_000,
  quarters: 28 * 86_400_000,
  months: 28 * 86_400_000,
  weeks: 86_400_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
};

/** The axis of members or dates along the bottom; `plotWidthPx` is what the marks will have. */
export function bottomAxis(
  data: ChartData,
  context: ChartContext,
  plotWidthPx: number,
  isEdgeToEdge: boolean,
): AxisOption {
  if (data.scale === 'time') return timeAxis(data, context, plotWidthPx);
  const style = axisStyle(context);
  const label =
    data.scale === 'periods'
      ? periodLabels(data, context, plotWidthPx)
      : memberLabels(data, context, plotWidthPx);
  return {
    ...style,
    type: 'category',
    data: data.points.map((point) => point.text),
    boundaryGap: !isEdgeToEdge,
    axisLine: { lineStyle: { color: context.theme.colors.border, width: 1 }, onZero: false },
    axisLabel: { ...style.axisLabel, ...label },
  };
}

/** The axis of members down the left side, first member on top; `plotHeightPx` is what the bars will have. */
export function leftAxis(data: ChartData, context: ChartContext, plotHeightPx: number): AxisOption {
  const style = axisStyle(context);
  const fontPx = smallFontPx(context);
  const roomPx = Math.max(64, context.width * 0.36);
  const rowPx = plotHeightPx / Math.max(1, data.points.length);
  return {
    ...style,
    type: 'category',
    inverse: true,
    data: data.points.map((point) => point.text),
    axisLine: { show: false, onZero: false },
    axisLabel: {
      ...style.axisLabel,
      interval: Math.max(0, Math.ceil((fontPx + 1) / rowPx) - 1),
      formatter: (text: string) => truncateText(text, roomPx, fontPx),
    },
  };
}

function periodLabels(data: ChartData, context: ChartContext, plotWidthPx: number) {
  const ticks = periodTicks(
    data.points.map((point) => point.ms ?? 0),
    data.level ?? 'days',
    { locale: context.locale, widthPx: plotWidthPx, fontSizePx: smallFontPx(context) },
  );
  return {
    interval: (index: number) => ticks.has(index),
    formatter: (_text: string, index: number) => ticks.get(index) ?? '',
    lineHeight: smallFontPx(context) + 4,
    hideOverlap: true,
  };
}

function memberLabels(data: ChartData, context: ChartContext, plotWidthPx: number) {
  const fontPx = smallFontPx(context);
  const bandPx = plotWidthPx / Math.max(1, data.points.length);
  const widestPx = Math.max(0, ...data.points.map((point) => textWidth(point.text, fontPx)));
  if (widestPx <= bandPx - 6) return { interval: 0 };
  if (bandPx >= readablePx) {
    return {
      interval: 0,
      lineHeight: fontPx + 3,
      formatter: (text: string) => wrapText(text, bandPx - 8, fontPx, 2).join('\n'),
    };
  }
  const roomPx = Math.min(120, context.height * 0.36);
  return {
    interval: Math.max(0, Math.ceil((fontPx + 4) / bandPx) - 1),
    rotate: 42,
    formatter: (text: string) => truncateText(text, roomPx, fontPx),
  };
}

function timeAxis(data: ChartData, context: ChartContext, plotWidthPx: number): AxisOption {
  const style = axisStyle(context);
  return {
    ...style,
    type: 'time',
    axisLine: { lineStyle: { color: context.theme.colors.border, width: 1 }, onZero: false },
    splitNumber: Math.max(2, Math.floor(plotWidthPx / 90)),
    minInterval: data.level ? minIntervalMs[data.level] : 1000,
    axisLabel: {
      ...style.axisLabel,
      hideOverlap: true,
      formatter: (ms: number) => formatDateShort(ms, tickLevel(ms), context.locale),
    },
  };
}

function tickLevel(ms: number): DateLevel {
  const date = new Date(ms);
  if (ms % 86_400_000 !== 0) return 'minutes';
  if (date.getUTCDate() !== 1) return 'days';
  return date.getUTCMonth() === 0 ? 'years' : 'months';
}
