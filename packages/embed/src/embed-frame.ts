import type { Asset, FilterItem, FrameNotice, SetMessage } from '@vitrine/protocol';
import { DashboardActions, type LiveFrame } from './dashboard-actions.ts';
import { EmbedError } from './embed-error.ts';
import { type EmbedOptions, settingsOf } from './embed-options.ts';
import {
  DashboardChangedEvent,
  DashboardLoadedEvent,
  EmbedErrorEvent,
  type EmbedEvent,
  ExportDoneEvent,
  FiltersChangedEvent,
  FrameResizedEvent,
  TokenExpiredEvent,
  WidgetLoadedEvent,
} from './events.ts';
import { FrameSession, type SessionOwner } from './frame-session.ts';
import { type FrameState, FrameView } from './frame-view.ts';

interface Waiter {
  readonly resolve: (live: LiveFrame) => void;
  readonly reject: (error: EmbedError) => void;
}

/**
 * A dashboard in a frame, without a custom element.
 *
 *     idle ──near the screen; url and token are there──► loading ──► loaded
 *                                                          └───────► failed ──retry, other options──► loading
 *
 * Another `wat` or `url` makes a new iframe, so that nothing of the reader before is left in it. A token that `getWat`
 * renews goes to the running viewer instead, which keeps filters and place.
 */
export class EmbedFrame extends EventTarget {
  /** What the page can do with the dashboard. */
  readonly dashboard: DashboardActions = new DashboardActions(() => this.#whenLive());

  readonly #target: EventTarget;
  #options: EmbedOptions;
  #host: HTMLElement | undefined;
  #view: FrameView | undefined;
  #session: FrameSession | undefined;
  #observer: IntersectionObserver | undefined;
  #state: FrameState = 'idle';
  #live: LiveFrame | undefined;
  #error: EmbedError | undefined;
  readonly #waiters: Waiter[] = [];
  #height: number | undefined;
  #shown: Asset | undefined;
  /** As the reader last set them: put in force again where another document takes over for the same reader (EMB-7). */
  #filters: readonly FilterItem[] | undefined;

  /** Events are fired at `target`; by default at the frame object itself. */
  constructor(options: EmbedOptions = {}, target?: EventTarget) {
    super();
    this.#options = options;
    this.#target = target ?? this;
  }

  get state(): FrameState {
    return this.#state;
  }

  /** Of the iframe, in CSS pixels; zeros where nothing is mounted. */
  get size(): { readonly width: number; readonly height: number } {
    return this.#view?.size ?? { width: 0, height: 0 };
  }

  /**
   * Puts the frame into an element (then in a shadow tree of its own) or into a shadow root.
   * Throws `TypeError` where that is not in a document.
   */
  mount(container: HTMLElement | ShadowRoot): void {
    if (!container.isConnected) throw new TypeError('the container is not in a document');
    if (this.#view) this.destroy();
    let root = container as ShadowRoot;
    if (container instanceof HTMLElement) {
      this.#host = document.createElement('div');
      container.append(this.#host);
      root = this.#host.attachShadow({ mode: 'open' });
    }
    this.#view = new FrameView(root, () => this.retry());
    this.#layOut();
    this.#show('idle');
    this.#arm();
  }

  /** Takes over what is named; `undefined` goes back to the default. */
  update(changes: EmbedOptions): void {
    const before = this.#options;
    const now = { ...before, ...changes };
    this.#options = now;
    if (!this.#view) return;
    this.#layOut();
    const names = Object.keys(changes) as (keyof EmbedOptions)[];
    const changed = names.filter((name) => now[name] !== before[name]);
    if (this.#state === 'idle') this.#arm();
    else if (
      changed.includes('url') ||
      (changed.includes('wat') && now.wat) ||
      (changed[0] && this.#state === 'failed')
    )
      this.#load();
    else this.#tell(before, now);
  }

  /** Loads anew, as a new session. Does nothing before `mount`, or without `url` and a token. */
  retry(): void {
    this.#load();
  }

  /** Takes frame, listeners and timers away; actions that wait reject with `connection_closed`. May be mounted again. */
  destroy(): void {
    this.#observer?.disconnect();
    this.#session?.end();
    this.#view?.remove();
    this.#host?.remove();
    this.#host = this.#view = this.#session = this.#live = this.#error = this.#shown = undefined;
    this.#height = undefined;
    this.#state = 'idle';
    this.#reject(new EmbedError('connection_closed', 'the frame was taken away'));
  }

  #arm(): void {
    this.#observer?.disconnect();
    const place = this.#view?.host;
    if (!place) return;
    if (this.#options.loading === 'eager' || this.#waiters.length > 0) {
      this.#load();
      return;
    }
    this.#observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.#load();
      },
      { rootMargin: '200px' },
    );
    this.#observer.observe(place);
  }

  #load(renewedWat?: string): void {
    const { url, wat, getWat } = this.#options;
    if (!this.#view || !url || !(wat || getWat)) return;
    this.#observer?.disconnect();
    this.#session?.end();
    if (!renewedWat) this.#filters = undefined;
    this.#live = this.#error = this.#shown = this.#height = undefined;
    this.#show('loading');
    this.#session = new FrameSession(this.#owner, this.#view);
    void this.#session.start(renewedWat);
    this.#layOut();
  }

  readonly #owner: SessionOwner = ((frame) => ({
    get options() {
      return frame.#options;
    },
    live: (live) => {
      const isNew = !frame.#live;
      frame.#live = live;
      frame.#error = undefined;
      frame.#show('loaded');
      for (const waiter of frame.#waiters.splice(0)) waiter.resolve(live);
      if (isNew && frame.#filters)
        void frame.dashboard.applyFilters(frame.#filters).catch(() => {});
    },
    gone: () => {
      frame.#live = undefined;
      frame.#show('loading');
    },
    refused: (error) => {
      frame.#show('loaded');
      frame.#report(error);
    },
    failed: (error) => {
      frame.#live = undefined;
      const { language } = frame.#options;
      frame.#view?.setError(error.code, language || document.documentElement.lang);
      frame.#show('failed');
      frame.#report(error);
    },
    expired: (code) => frame.#emit(new TokenExpiredEvent(code)),
    heard: (notice) => frame.#heard(notice),
    reload: (wat) => frame.#load(wat),
  }))(this);

  #heard(notice: FrameNotice): void {
    switch (notice.type) {
      case 'loaded': {
        const { dashboard } = notice;
        const previous = this.#shown;
        this.#shown = dashboard;
        if (previous && previous.oid !== dashboard.oid)
          this.#emit(new DashboardChangedEvent(dashboard, previous));
        this.#emit(new DashboardLoadedEvent(dashboard));
        break;
      }
      case 'resize':
        this.#height = notice.height;
        this.#layOut();
        this.#emit(new FrameResizedEvent(notice.height));
        break;
      case 'filtersChanged':
        this.#filters = notice.filters;
        this.#emit(new FiltersChangedEvent(notice.filters));
        break;
      case 'widgetLoaded':
        this.#emit(new WidgetLoadedEvent(notice.widget));
        break;
      case 'exportDone': {
        const { type: _, ...result } = notice;
        this.#emit(new ExportDoneEvent(result));
        break;
      }
    }
  }

  /** What changed and the running viewer can take over. */
  #tell(before: EmbedOptions, now: EmbedOptions): void {
    const message: { -readonly [K in keyof SetMessage]: SetMessage[K] } = { type: 'set' };
    const { dashboard } = now;
    if (dashboard && dashboard !== before.dashboard) message.dashboard = dashboard;
    for (const key of ['widget', 'theme', 'language'] as const)
      if (now[key] !== before[key]) message[key] = now[key] || null;
    const settings = settingsOf(now.settings);
    if (JSON.stringify(settings) !== JSON.stringify(settingsOf(before.settings)))
      message.settings = settings;
    if (Object.keys(message).length > 1) this.#session?.set(message);
  }

  #layOut(): void {
    const { title, minHeight = 240, autoHeight = true } = this.#options;
    this.#view?.layOut(title || 'Dashboard', minHeight, autoHeight ? this.#height : undefined);
  }

  #show(state: FrameState): void {
    this.#state = state;
    this.#view?.show(state);
  }

  #report(error: EmbedError): void {
    if (!this.#live) {
      this.#error = error;
      this.#reject(error);
    }
    this.#emit(new EmbedErrorEvent(error.code, error.message));
  }

  #emit(event: EmbedEvent<unknown>): void {
    this.#target.dispatchEvent(event);
  }

  #whenLive(): Promise<LiveFrame> {
    if (this.#live) return Promise.resolve(this.#live);
    if (this.#error) return Promise.reject(this.#error);
    if (this.#state === 'idle') this.#load();
    return new Promise((resolve, reject) => {
      this.#waiters.push({ resolve, reject });
    });
  }

  #reject(error: EmbedError): void {
    for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
  }
}
