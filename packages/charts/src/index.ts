export { dimOf, type FieldName, fieldKey } from './data/field-key.ts';
export { formatPeriods } from './format/format-periods.ts';
export { formatValue, type ValueSpec, valueWriter } from './format/format-value.ts';
export { parseWallClock } from './format/parse-wall-clock.ts';
export { placeholder } from './format/placeholder.ts';
export type { IndicatorChange } from './indicator/indicator-change.ts';
export { type IndicatorModel, indicatorModel } from './indicator/indicator-model.ts';
export { type ClickTarget, clickTarget, targetOf } from './interaction/click-target.ts';
export type { Hit } from './interaction/hit.ts';
export {
  type TooltipContext,
  type TooltipModel,
  type TooltipRow,
  tooltipModel,
} from './interaction/tooltip-model.ts';
export type { ChartContext } from './option/chart-context.ts';
export { chartOption, isChart, isEmptyChart } from './option/chart-option.ts';
export {
  type TableCell,
  type TableColumn,
  type TableModel,
  tableModel,
} from './table/table-model.ts';
export { plainText } from './text/plain-text.ts';
export { checkTheme } from './theme/check-theme.ts';
export { contrastRatio, isColor } from './theme/color.ts';
export { echartsTheme } from './theme/echarts-theme.ts';
export { learnColors, type MemberColors, maxColoredMembers } from './theme/member-colors.ts';
export { type ThemeProperty, themeCss } from './theme/theme-css.ts';
export { ThemeError, type ThemeErrorCode, themeErrors } from './theme/theme-error.ts';
export { darkTheme } from './themes/dark.ts';
export { lightTheme } from './themes/light.ts';
export * from './view-model.ts';
