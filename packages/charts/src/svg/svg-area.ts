import type { MemberColors } from '../theme/member-colors.ts';
import type { Theme } from '../view-model.ts';

/** Where the content of a card is drawn: its size in px, and what ids begin with. */
export interface SvgArea {
  readonly theme: Theme;
  readonly locale: string;
  readonly width: number;
  readonly height: number;
  readonly idPrefix: string;
  /** Default: colours by position. */
  readonly colors?: MemberColors;
}
