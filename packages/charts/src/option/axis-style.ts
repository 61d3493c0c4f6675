import { plainText } from '../text/plain-text.ts';
import { withAlpha } from '../theme/color.ts';
import { type ChartContext, smallFontPx } from './chart-context.ts';

/** An axis lies on either side here, and ECharts types the sides apart: the whole option is typed where it is put together. */
export type AxisOption = Readonly<Record<string, unknown>>;

/** The look all axes share: quiet text, no ticks. */
export function axisStyle(context: ChartContext) {
  const { colors, typography } = context.theme;
  return {
    axisTick: { show: false },
    axisLabel: {
      color: colors.textMuted,
      fontSize: smallFontPx(context),
      fontFamily: typography.fontFamily,
      margin: 8,
    },
    splitLine: { show: false },
  } as const;
}

/** The title of an axis, or nothing. */
export function axisName(context: ChartContext, title: string | undefined, gapPx: number) {
  if (!title) return {};
  return {
    name: plainText(title),
    nameLocation: 'middle',
    nameGap: gapPx,
    nameTextStyle: {
      color: context.theme.colors.textMuted,
      fontSize: smallFontPx(context),
      fontFamily: context.theme.typography.fontFamily,
    },
  } as const;
}

/** Makes ECharts report the place under the pointer (`updateAxisPointer`) with no tooltip component loaded. */
export function axisPointer(context: ChartContext, type: 'line' | 'shadow') {
  const { colors } = context.theme;
  return {
    show: true,
    type,
    triggerTooltip: false,
    triggerEmphasis: type === 'line',
    label: { show: false },
    lineStyle: { color: withAlpha(colors.text, 0.35), width: 1, type: 'solid' },
    shadowStyle: { color: withAlpha(colors.text, 0.05) },
    animation: false,
  } as const;
}
