/**
 * What the frame says to the host page, over the port.
 *
 *     ready ──► (host: init) ──► session ──► loaded ──► widgetLoaded, resize, filtersChanged …
 *                    └──► error
 */
import {
  type Body,
  type Guard,
  isBoolean,
  list,
  matching,
  message,
  oneOf,
  optional,
  shape,
  text,
  upTo,
} from './guard.ts';
import { isPlainData } from './plain-data.ts';
import {
  type Asset,
  type ExportFormat,
  type FilterItem,
  isExportFormat,
  isFilters,
  isId,
  isLanguage,
} from './shared.ts';

/** Tallest dashboard that the host gives room to, in CSS pixels. */
export const maxHeight = 100_000;

/** The viewer can take `init`: the first message on the port. */
export interface ReadyMessage {
  readonly type: 'ready';
}

/** What a session is, as the service tells it to the viewer. */
export interface SessionInfo {
  readonly user: { readonly id: string; readonly name: string };
  readonly abilities: { readonly filter: boolean; readonly export: boolean };
  readonly language: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly theme: {
    readonly oid: string;
    readonly source: 'embed' | 'token' | 'group' | 'system';
  };
  /** The dashboards this session may open. */
  readonly dashboards: readonly Asset[];
}

/** A session is open, or it changed (new token, theme, language). Comes before `loaded`. */
export interface SessionMessage {
  readonly type: 'session';
  readonly session: SessionInfo;
}

/** A dashboard (or the one widget asked for) is on the screen: the first one, and each that the reader opens later. */
export interface LoadedMessage {
  readonly type: 'loaded';
  readonly dashboard: Asset;
}

/** Height that the content needs, in CSS pixels. */
export interface ResizeMessage {
  readonly type: 'resize';
  readonly height: number;
}

/** The dashboard filters in force, after the reader or the host changed them. */
export interface FiltersChangedMessage {
  readonly type: 'filtersChanged';
  readonly filters: readonly FilterItem[];
}

/** One widget shows its rows. */
export interface WidgetLoadedMessage {
  readonly type: 'widgetLoaded';
  readonly widget: Asset;
}

/** A file was made and handed to the browser as a download. */
export interface ExportResult {
  readonly format: ExportFormat;
  readonly fileName: string;
  readonly widget?: string;
}
export interface ExportDoneMessage extends ExportResult {
  readonly type: 'exportDone';
}

/** `code` is that of the service or of the viewer, `message` a sentence for a developer: no token, claim or row in it. */
export interface RemoteError {
  readonly code: string;
  readonly message: string;
}

/** Nothing, or not all, could be shown. Whether a new token would help follows from the code: `curedByNewToken`. */
export interface ErrorMessage extends RemoteError {
  readonly type: 'error';
}

/** The answer to a `call` of that id. */
export type ResultMessage =
  | { readonly type: 'result'; readonly id: number; readonly ok: true; readonly value?: unknown }
  | {
      readonly type: 'result';
      readonly id: number;
      readonly ok: false;
      readonly error: RemoteError;
    };

export type FrameMessage =
  | ReadyMessage
  | SessionMessage
  | LoadedMessage
  | ResizeMessage
  | FiltersChangedMessage
  | WidgetLoadedMessage
  | ExportDoneMessage
  | ErrorMessage
  | ResultMessage;

/** What a successful call gives. */
export interface ActionResults {
  readonly applyFilters: undefined;
  readonly export: ExportResult;
  readonly getFilters: readonly FilterItem[];
  readonly openDashboard: undefined;
}

/** True for codes of the token and of its session: a fresh token may let the reader go on, so `getWat` is asked (EMB-7). */
export const curedByNewToken = (code: string): boolean => /^(token|session)_/.test(code);

const isLabel = text(1024, 0);
const isCode = matching(/^[a-z\d_]{1,64}$/);
const isCallId = upTo(Number.MAX_SAFE_INTEGER);
const isAsset = shape<Asset>({ oid: isId, title: isLabel });
const isPlain: Guard<unknown> = (value): value is unknown => isPlainData(value);

const isSession = shape<SessionInfo>({
  user: shape<SessionInfo['user']>({ id: text(1024), name: isLabel }),
  abilities: shape<SessionInfo['abilities']>({ filter: isBoolean, export: isBoolean }),
  language: isLanguage,
  locale: isLanguage,
  timeZone: text(64),
  theme: shape<SessionInfo['theme']>({
    oid: isId,
    source: oneOf(['embed', 'token', 'group', 'system']),
  }),
  dashboards: list(isAsset, 10_000),
});

const isRemoteError = shape<RemoteError>({ code: isCode, message: isLabel });

const isSuccess = shape<Body<Extract<ResultMessage, { ok: true }>>>({
  id: isCallId,
  ok: oneOf([true]),
  value: isPlain,
});
const isFailure = shape<Body<Extract<ResultMessage, { ok: false }>>>({
  id: isCallId,
  ok: oneOf([false]),
  error: isRemoteError,
});

const isExportResult = shape<ExportResult>({
  format: isExportFormat,
  fileName: text(255),
  widget: optional(isId) as Guard<string>,
});

const isNothing: Guard<undefined> = (value): value is undefined => value === undefined;

/** What the `value` of a `result` must be, by the action that was called. */
export const isActionResult: { readonly [A in keyof ActionResults]: Guard<ActionResults[A]> } = {
  applyFilters: isNothing,
  export: isExportResult,
  getFilters: isFilters,
  openDashboard: isNothing,
};

/** True for a complete, well-formed message of the frame; the host ignores anything else. */
export const isFrameMessage: Guard<FrameMessage> = message<FrameMessage>({
  ready: shape<Body<ReadyMessage>>({}),
  session: shape<Body<SessionMessage>>({ session: isSession }),
  loaded: shape<Body<LoadedMessage>>({ dashboard: isAsset }),
  resize: shape<Body<ResizeMessage>>({ height: upTo(maxHeight) }),
  filtersChanged: shape<Body<FiltersChangedMessage>>({ filters: isFilters }),
  widgetLoaded: shape<Body<WidgetLoadedMessage>>({ widget: isAsset }),
  exportDone: isExportResult,
  error: isRemoteError,
  result: (body): body is Body<ResultMessage> => isSuccess(body) || isFailure(body),
});
