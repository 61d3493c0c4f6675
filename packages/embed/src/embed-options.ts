import type { Settings } from '@vitrine/protocol';

/**
 * Asked for a token on the first load where there is no `wat` (`reason` is then `first_load`), and when the viewer
 * reports one that a new token cures (`reason` is its code, such as `token_expired`).
 */
export type GetWat = (reason: string) => string | Promise<string>;

/** What a frame is told. Nothing loads before there are a `url` and a `wat` or `getWat`. */
export interface EmbedOptions {
  /** Address of the viewer service: `https://bi.example.com`, with a path where a proxy serves it under one. */
  readonly url?: string | undefined;
  /** Dashboard to open; default: the first one that the token allows. */
  readonly dashboard?: string | undefined;
  /** Show this one widget of the dashboard alone. */
  readonly widget?: string | undefined;
  /** Web access token, at most 655,360 characters. Another one starts a new session. */
  readonly wat?: string | undefined;
  readonly getWat?: GetWat | undefined;
  /** Theme that goes before the token's own. */
  readonly theme?: string | undefined;
  /** Language that goes before the token's own: `de-DE`; also of the built-in error text. */
  readonly language?: string | undefined;
  /** Default: no header, toolbar or panes beyond what the viewer shows when embedded. */
  readonly settings?: Settings | undefined;
  /** Give the frame the height of its content; default true. Otherwise it fills its container. A height that the page's CSS sets wins. */
  readonly autoHeight?: boolean | undefined;
  /** Least height of the frame, in CSS pixels; default 240. */
  readonly minHeight?: number | undefined;
  /** `lazy`, the default, loads when the place of the frame is within 200 px of the screen. */
  readonly loading?: 'lazy' | 'eager' | undefined;
  /** Name of the frame for screen readers; default `Dashboard`. */
  readonly title?: string | undefined;
  /** Longest wait for the viewer to load and answer, in milliseconds; default 30,000. */
  readonly timeoutMs?: number | undefined;
}

/** The settings that are known and boolean; a page's objects may hold more. */
export function settingsOf(settings: Settings | undefined): Settings {
  const names = ['showHeader', 'showToolbar', 'showLeftPane', 'showRightPane'] as const;
  return Object.fromEntries(
    names.flatMap((name) =>
      typeof settings?.[name] === 'boolean' ? [[name, settings[name]]] : [],
    ),
  );
}
