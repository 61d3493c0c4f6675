import type { ViewFilter } from '@vitrine/charts';
import {
  connectToHost,
  type FrameChannel,
  type FrameHandlers,
  type InitMessage,
  type Settings,
} from '@vitrine/protocol';
import { ApiClient } from '../api/api-client.ts';
import { Viewer } from '../effects/viewer.ts';
import type { Store } from '../store/store.ts';
import type { Panes } from './parse-route.ts';
import { kidOf } from './take-token.ts';

/**
 * Frame mode (G-2, G-3): the host page names itself in the frame's address, proves itself in the handshake and hands
 * the token over by message. Gives nothing where the address names no host.
 */
export function startFrame(page: Window, store: Store, base: string): Viewer | undefined {
  const parameters = new URLSearchParams(page.location.search);
  const hostOrigin = parameters.get('host');
  const nonce = parameters.get('nonce');
  if (!hostOrigin || !nonce || page.parent === page) return undefined;

  let channel: FrameChannel | undefined;
  // Who may frame this page was decided by the configuration in its address: a token of another one has other origins (G-1).
  const kid = page.location.pathname.split('/').at(-1);
  const api = new ApiClient(base, (token) => kidOf(token) === kid);
  const viewer = new Viewer({ store, api, tell: (event) => channel?.send(event) });
  const fail = () => store.dispatch({ type: 'failed', code: 'host_silent' });
  store.dispatch({ type: 'started', embedded: true, panes: panesOf({}) });
  try {
    connectToHost({
      window: page,
      parent: page.parent,
      hostOrigin,
      nonce,
      handlers: handlersOf(viewer, store),
    }).then((connected) => {
      channel = connected;
      reportHeight(page, connected);
    }, fail);
  } catch {
    // An origin or a nonce that cannot be one: nobody to talk to.
    fail();
  }
  return viewer;
}

function handlersOf(viewer: Viewer, store: Store): FrameHandlers {
  return {
    init: (message) => void viewer.open(openRequest(message)),
    wat: ({ wat }) => void viewer.renew(wat),
    set: ({ dashboard, widget, theme, language, settings }) => {
      if (settings) store.dispatch({ type: 'panes-changed', panes: panesOf(settings) });
      if (theme !== undefined || language !== undefined) {
        void viewer.wish({
          ...(theme === undefined ? {} : { theme }),
          ...(language === undefined ? {} : { language }),
        });
      }
      const target = dashboard ?? store.state.dashboardOid;
      if ((dashboard !== undefined || widget !== undefined) && target) {
        const kept = dashboard === undefined ? store.state.widgetOid : undefined;
        const shown = widget === undefined ? kept : (widget ?? undefined);
        viewer.openDashboard(target, shown).catch(() => undefined);
      }
    },
    applyFilters: ({ filters }) => viewer.applyFilters(filters as readonly ViewFilter[]),
    export: (options) => viewer.export(options),
    getFilters: () => viewer.filters(),
    openDashboard: ({ oid }) => viewer.openDashboard(oid),
  };
}

function openRequest({ wat, dashboard, widget, theme, language, settings }: InitMessage) {
  return { wat, dashboard, widget, theme, language, embedded: true, panes: panesOf(settings) };
}

/** Panes are hidden when embedded, unless the host shows them. */
function panesOf(settings: Settings): Panes {
  return {
    header: settings.showHeader ?? false,
    toolbar: settings.showToolbar ?? false,
    left: settings.showLeftPane ?? false,
    right: settings.showRightPane ?? false,
  };
}

/** Tells the host how tall the content is, each time that changes. */
function reportHeight(page: Window, channel: FrameChannel): void {
  let last = 0;
  const observer = new ResizeObserver(() => {
    const height = Math.ceil(page.document.body.getBoundingClientRect().height);
    if (height === last || channel.isClosed) return;
    last = height;
    channel.send({ type: 'resize', height: Math.min(height, 100_000) });
  });
  observer.observe(page.document.body);
}
