import type {
  Dashboard,
  MemberColors,
  QueryResult,
  Session,
  Theme,
  ViewFilter,
} from '@vitrine/charts';
import type { ExportFormat } from '../api/api-client.ts';
import type { Member } from '../api/read-members.ts';
import type { Panes } from '../boot/parse-route.ts';
import type { Translate } from '../i18n/translate.ts';
import type { ViewerErrorCode } from '../viewer-error.ts';

/** One widget's data. `stale`: shown rows are of the filters before, new ones are on their way. */
export type WidgetState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready' | 'empty'; readonly result: QueryResult; readonly stale: boolean }
  | { readonly status: 'error'; readonly code: ViewerErrorCode };

/** What a members filter offers, as far as it has been loaded. */
export interface MembersState {
  readonly status: 'loading' | 'ready' | 'error';
  readonly term: string;
  readonly members: readonly Member[];
  readonly more: boolean;
  readonly code?: ViewerErrorCode;
}

/** A line of news at the foot of the page. */
export interface Notice {
  readonly tone: 'info' | 'error';
  readonly text: NoticeText;
}
export type NoticeText =
  | { readonly kind: 'exporting' }
  | { readonly kind: 'exported'; readonly name: string }
  | { readonly kind: 'error'; readonly code: ViewerErrorCode };

/** Everything the viewer knows; only `reduce` makes a new one. */
export interface ViewerState {
  readonly phase: 'starting' | 'open' | 'failed';
  /** Why nothing can be shown, with `failed`; or why it cannot go on, with `open`. */
  readonly failure?: ViewerErrorCode;
  readonly embedded: boolean;
  readonly panes: Panes;
  /** The pane that lies over the content on narrow screens. */
  readonly drawer?: 'left' | 'right';
  readonly session?: Session;
  readonly language: string;
  readonly t: Translate;
  readonly theme?: Theme;
  readonly dashboard?: Dashboard;
  /** The dashboard asked for, from the moment it was. */
  readonly dashboardOid?: string;
  /** The one widget a link opened. */
  readonly widgetOid?: string;
  /** The reader's changes to the filters, by dashboard: what `filters` in a request holds (LNK-5: kept here alone). */
  readonly changes: Readonly<Record<string, readonly ViewFilter[]>>;
  readonly widgets: Readonly<Record<string, WidgetState>>;
  /** Colours that members of the open dashboard have kept since they were first shown. */
  readonly colors: MemberColors;
  /** Number of the refresh whose answers count; those of earlier ones are dropped. */
  readonly refresh: number;
  /** By `fieldKey`, of a level by `levelKey`. */
  readonly members: Readonly<Record<string, MembersState>>;
  readonly exporting?: ExportFormat;
  readonly notice?: Notice;
}

/** The state before anything is known. */
export function initialState(t: Translate, language: string): ViewerState {
  return {
    phase: 'starting',
    embedded: false,
    panes: { header: false, toolbar: false, left: false, right: false },
    language,
    t,
    changes: {},
    widgets: {},
    colors: {},
    refresh: 0,
    members: {},
  };
}
