/**
 * What the host page says to the frame, over the port.
 *
 *     init ──► set, wat, call …      `init` comes first, once per channel
 *
 * An absent field means "as it is" in `set` and "none" in `init`; `null` in `set` takes a value back.
 */
import { type Body, type Guard, message, nullable, optional, shape, text, upTo } from './guard.ts';
import { isPlainData } from './plain-data.ts';
import {
  type ExportFormat,
  type FilterItem,
  isExportFormat,
  isFilters,
  isId,
  isLanguage,
  isSettings,
  maxTokenLength,
  type Settings,
} from './shared.ts';

export interface InitMessage {
  readonly type: 'init';
  readonly wat: string;
  readonly dashboard?: string;
  readonly widget?: string;
  readonly theme?: string;
  readonly language?: string;
  readonly settings: Settings;
}

export interface SetMessage {
  readonly type: 'set';
  readonly dashboard?: string;
  readonly widget?: string | null;
  readonly theme?: string | null;
  readonly language?: string | null;
  /** Replaces all settings. */
  readonly settings?: Settings;
}

/** A fresh token, the answer to an error that a new token cures. The viewer keeps the reader's filters and place. */
export interface WatMessage {
  readonly type: 'wat';
  readonly wat: string;
}

export interface ExportOptions {
  readonly format: ExportFormat;
  /** One widget instead of the whole dashboard. */
  readonly widget?: string;
}

/** Arguments of the actions that a session may be able to do. */
export interface ActionArgs {
  readonly applyFilters: { readonly filters: readonly FilterItem[] };
  readonly export: ExportOptions;
  readonly getFilters: Record<string, never>;
  readonly openDashboard: { readonly oid: string };
}
export type Action = keyof ActionArgs;

/** Actions that no session may do (EMB-2). */
export const blockedActions = [
  'removeFilters',
  'openSimplyAsk',
  'createWidget',
  'createTextWidget',
  'share',
] as const;
export type BlockedAction = (typeof blockedActions)[number];

type CallOf<A extends Action> = {
  readonly type: 'call';
  readonly id: number;
  readonly action: A;
  readonly args: ActionArgs[A];
};
export type CallMessage = { [A in Action]: CallOf<A> }[Action];

/** A call that the frame always answers with `action_blocked`. */
export interface BlockedCallMessage {
  readonly type: 'call';
  readonly id: number;
  readonly action: BlockedAction;
  readonly args?: unknown;
}

export type HostMessage = InitMessage | SetMessage | WatMessage | CallMessage | BlockedCallMessage;

const isToken = text(maxTokenLength);
const maybeId = optional(isId) as Guard<string>;
const maybeNullId = optional(nullable(isId)) as Guard<string | null>;

const isInit = shape<Body<InitMessage>>({
  wat: isToken,
  dashboard: maybeId,
  widget: maybeId,
  theme: maybeId,
  language: optional(isLanguage) as Guard<string>,
  settings: isSettings,
});

const isSet = shape<Body<SetMessage>>({
  dashboard: maybeId,
  widget: maybeNullId,
  theme: maybeNullId,
  language: optional(nullable(isLanguage)) as Guard<string | null>,
  settings: optional(isSettings) as Guard<Settings>,
});

const argsGuards: { readonly [A in Action]: Guard<ActionArgs[A]> } = {
  applyFilters: shape<ActionArgs['applyFilters']>({ filters: isFilters }),
  export: shape<ExportOptions>({ format: isExportFormat, widget: maybeId }),
  getFilters: shape<Record<string, never>>({}),
  openDashboard: shape<ActionArgs['openDashboard']>({ oid: isId }),
};

const isPlain: Guard<unknown> = (value): value is unknown => isPlainData(value);
const isCallShape = shape<{ id: number; action: string; args: unknown }>({
  id: upTo(Number.MAX_SAFE_INTEGER),
  action: text(64),
  args: isPlain,
});

export const isBlockedAction = (action: string): action is BlockedAction =>
  blockedActions.includes(action as BlockedAction);

const isCall = (body: unknown): body is Body<CallMessage | BlockedCallMessage> =>
  isCallShape(body) &&
  (isBlockedAction(body.action) ||
    (Object.hasOwn(argsGuards, body.action) && argsGuards[body.action as Action](body.args)));

/** True for a complete, well-formed message of the host; the frame ignores anything else. */
export const isHostMessage: Guard<HostMessage> = message<HostMessage>({
  init: isInit,
  set: isSet,
  wat: shape<Body<WatMessage>>({ wat: isToken }),
  call: isCall,
});
