import type { Theme } from '../view-model.ts';

/** A theme as ECharts takes it in `init`; options of `chartOption` need none, other charts of a host page may. */
export function echartsTheme(theme: Theme): Record<string, unknown> {
  const { colors, palette, typography } = theme;
  const axis = {
    axisLine: { lineStyle: { color: colors.border } },
    axisTick: { show: false },
    axisLabel: { color: colors.textMuted },
    splitLine: { lineStyle: { color: colors.grid } },
  };
  return {
    darkMode: theme.mode === 'dark',
    color: [...palette],
    backgroundColor: 'transparent',
    textStyle: {
      color: colors.text,
      fontFamily: typography.fontFamily,
      fontSize: typography.fontSizePx,
    },
    legend: { textStyle: { color: colors.textMuted } },
    categoryAxis: axis,
    valueAxis: axis,
    timeAxis: axis,
    logAxis: axis,
  };
}
