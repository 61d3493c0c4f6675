import type { Dashboard, MemberColors, QueryResult, Theme, ViewFilter } from '@vitrine/charts';
import type { FontFace } from '../fonts/font-face.ts';

/** What every file is made from. */
export interface PictureOptions {
  readonly theme: Theme;
  /** Colours that members have elsewhere; others get the next ones. Default none. */
  readonly colors?: MemberColors;
  /** Formats of numbers and dates. */
  readonly locale: string;
  /** Interface language. Default: the locale. */
  readonly language?: string;
  /** Fonts, asked in this order before the packaged ones. Default none. */
  readonly fonts?: readonly FontFace[];
}

/** One widget to be drawn. */
export interface WidgetPicture extends PictureOptions {
  readonly dashboard: Dashboard;
  /** oid of the widget. */
  readonly widget: string;
  readonly result: QueryResult;
  /** px, 160 to 4,000. Default 800 × 450. */
  readonly width?: number;
  readonly height?: number;
  /** Dots a px of the PNG, 1 to 4. Default 2. */
  readonly scale?: number;
}

/** A whole dashboard to be drawn. */
export interface DashboardPicture extends PictureOptions {
  readonly dashboard: Dashboard;
  /** By oid of the widget; a widget without one is drawn empty. */
  readonly results: ReadonlyMap<string, QueryResult>;
  /** Filters in force, listed at the top. Default: the dashboard's own. */
  readonly filters?: readonly ViewFilter[];
  /** When the data was read, written in `timeZone` (IANA name, default `UTC`). */
  readonly now: Date;
  readonly timeZone?: string;
  /** px of the layout, 320 to 4,000. Default 1,200. */
  readonly width?: number;
  /** Dots a px of the PNG, 1 to 4. Default 1.5. */
  readonly scale?: number;
}
