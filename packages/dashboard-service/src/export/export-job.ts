import type {
  Dashboard,
  MemberColors,
  QueryResult,
  Theme,
  ViewFilter,
  Widget,
} from '@vitrine/charts';

/** Formats that a worker draws; CSV is written on the spot. */
export type DrawnFormat = 'pdf' | 'png' | 'xlsx';

/** What is exported, as the session sees it. Plain data: it crosses to a worker. */
export interface ExportJob {
  readonly dashboard: Dashboard;
  /** Those to export: all of the dashboard's, or one. */
  readonly widgets: readonly Widget[];
  /** By oid of the widget; rich texts have none. */
  readonly results: ReadonlyMap<string, QueryResult>;
  /** Filters in force, for the heading. */
  readonly filters: readonly ViewFilter[];
  readonly theme: Theme;
  /** Colours that members have on the screen. */
  readonly colors: MemberColors;
  readonly locale: string;
  readonly language: string;
  readonly timeZone: string;
  readonly now: Date;
  /** True where one widget was named. */
  readonly isSingle: boolean;
}
