import type { MemberColors } from '../theme/member-colors.ts';
import type { Theme } from '../view-model.ts';

/** Everything a drawing depends on besides the widget and its rows. */
export interface ChartContext {
  readonly theme: Theme;
  /** BCP 47; numbers and dates are written in it. */
  readonly locale: string;
  /** Size of the drawing in CSS px, without the widget's title. */
  readonly width: number;
  readonly height: number;
  /** Keys (`ChartSeries.key`) of series the reader switched off in the legend. Default none. */
  readonly hiddenSeries?: readonly string[];
  /** Colours that members have elsewhere. Default: colours by position. */
  readonly colors?: MemberColors;
  /** A picture for paper, PNG or first paint: nothing moves, and a legend wraps instead of scrolling. Default false. */
  readonly still?: boolean;
  /** Default true; pass false under `prefers-reduced-motion`. Charts of more than 2,000 marks never move. */
  readonly animate?: boolean;
}

/** Size of axis and legend text in px: two below the theme's, at least 10. */
export function smallFontPx(context: ChartContext): number {
  return Math.max(10, context.theme.typography.fontSizePx - 2);
}
