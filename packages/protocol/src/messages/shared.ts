/** What messages of both directions speak of. */
import {
  type Guard,
  isBoolean,
  isPlainObject,
  list,
  matching,
  oneOf,
  optional,
  shape,
} from './guard.ts';
import { isPlainData } from './plain-data.ts';

/** Longest `webAccessToken` in characters (640 KiB, as the service accepts). */
export const maxTokenLength = 655_360;

/** Most filters in one message. */
export const maxFilters = 500;
/** Most levels of a cascading filter in a message. */
export const maxLevels = 32;

/** What the reader sees around the dashboard; absent = the viewer's default (panes are hidden when embedded). */
export interface Settings {
  readonly showHeader?: boolean;
  readonly showToolbar?: boolean;
  readonly showLeftPane?: boolean;
  readonly showRightPane?: boolean;
}

/** A JAQL item used as a filter, or a cascading filter; what it means is the service's to check. */
export type FilterItem = FilterFlags &
  ({ readonly jaql: object } | { readonly isCascading: true; readonly levels: readonly object[] });

interface FilterFlags {
  readonly disabled?: boolean;
  readonly locked?: boolean;
}

export const exportFormats = ['pdf', 'png', 'xlsx', 'csv'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A dashboard or one of its widgets. */
export interface Asset {
  readonly oid: string;
  readonly title: string;
}

/** Accepts the id of a dashboard, widget, theme or configuration: 1 to 64 characters that need no escaping in a URL. */
export const isId: Guard<string> = matching(/^[\w-]{1,64}$/);

/** Accepts what may be a language tag such as `pt-BR` (BCP 47): at most 35 letters, digits and hyphens. */
export const isLanguage: Guard<string> = matching(/^[a-z\d-]{2,35}$/i);

const maybeBoolean = optional(isBoolean) as Guard<boolean>;

export const isSettings: Guard<Settings> = shape<Settings>({
  showHeader: maybeBoolean,
  showToolbar: maybeBoolean,
  showLeftPane: maybeBoolean,
  showRightPane: maybeBoolean,
});

const isLevels = list(isPlainObject, maxLevels);
const isFilter: Guard<FilterItem> = (value): value is FilterItem =>
  isPlainObject(value) &&
  (value.isCascading === true ? isLevels(value.levels) : isPlainObject(value.jaql));

/** Accepts at most 500 filters whose content is plain data. */
export const isFilters: Guard<readonly FilterItem[]> = (value): value is readonly FilterItem[] =>
  list(isFilter, maxFilters)(value) && isPlainData(value);

export const isExportFormat: Guard<ExportFormat> = oneOf(exportFormats);
