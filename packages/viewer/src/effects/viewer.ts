import { lightTheme, type ViewFilter } from '@vitrine/charts';
import type { ExportFormat, ExportResult } from '@vitrine/protocol';
import { ApiClient, type ExchangeRequest, type Wishes } from '../api/api-client.ts';
import type { Panes } from '../boot/parse-route.ts';
import { cleared, withChange, withoutOpen } from '../filters/filters-in-force.ts';
import type { LevelPlace } from '../filters/level-filters.ts';
import { type MemberClick, toggleMember } from '../filters/toggle-member.ts';
import { languageFor, loadMessages, nearestLanguage } from '../i18n/load-messages.ts';
import { translatorOf } from '../i18n/translate.ts';
import { changesOf, filtersOf, mayFilter } from '../store/selectors.ts';
import type { Store } from '../store/store.ts';
import { ViewerError } from '../viewer-error.ts';
import { type EffectContext, report, type ViewerEvent } from './effect-context.ts';
import { exportDashboard } from './export-dashboard.ts';
import { MembersLoader, type MembersWish } from './members-loader.ts';
import { News } from './news.ts';
import { DataRefresher } from './refresh-data.ts';

/** What a viewer is opened with, from a link or from a host page. */
export interface OpenRequest extends Wishes {
  readonly wat: string;
  readonly dashboard?: string | undefined;
  readonly widget?: string | undefined;
  readonly embedded: boolean;
  readonly panes: Panes;
}

export interface ViewerOptions {
  readonly store: Store;
  readonly api?: ApiClient;
  /** Hears what happens; default nobody. */
  readonly tell?: (event: ViewerEvent) => void;
  /** Called when another dashboard or widget is opened, to write it into the address. */
  readonly onRoute?: (route: { dashboard: string; widget: string | undefined }) => void;
  /** IANA name; default the browser's. */
  readonly timeZone?: string;
}

/** Everything the viewer can do: each method changes the state through the store, and asks the service where needed. */
export class Viewer {
  readonly store: Store;
  readonly #context: EffectContext;
  readonly #data: DataRefresher;
  readonly #members: MembersLoader;
  readonly #options: ViewerOptions;
  readonly #news: News;
  #opened: OpenRequest | undefined;
  #session: Promise<void> = Promise.resolve();
  #dashboardRequest: AbortController | undefined;
  /** A choice, and a wish, that waits for the service gives way to a later one. */
  #levelChoices = 0;
  #wishes = 0;

  constructor(options: ViewerOptions) {
    const { store, api = new ApiClient() } = options;
    this.store = store;
    this.#options = options;
    this.#context = { store, api, tell: (event) => this.#news.tell(event) };
    this.#news = new News(options.tell ?? (() => undefined));
    this.#data = new DataRefresher(this.#context);
    this.#members = new MembersLoader(this.#context);
  }

  /** Opens a session, which counts as one, and the dashboard asked for or the first there is. */
  async open(request: OpenRequest): Promise<void> {
    this.#opened = request;
    const { embedded, panes } = request;
    this.store.dispatch({ type: 'started', embedded, panes });
    this.#session = this.#startSession(request, 'failed');
    await this.#session;
  }

  /** Goes on with a new session, keeping filters and place: with a fresh token, or the one there was. */
  async renew(wat?: string): Promise<void> {
    if (!this.#opened) return;
    const { dashboardOid: dashboard, widgetOid: widget, dashboard: shown } = this.store.state;
    this.#opened = { ...this.#opened, dashboard, widget, ...(wat ? { wat } : {}) };
    this.#session = this.#startSession(this.#opened, shown ? 'session-lost' : 'failed');
    await this.#session;
  }

  /** Another try after a failure: of the dashboard where the session goes on, since a new one would count; else of all. */
  async retry(): Promise<void> {
    const { session, failure, dashboardOid, widgetOid } = this.store.state;
    if (!session || !dashboardOid || failure === 'session_ended') return this.renew();
    await this.openDashboard(dashboardOid, widgetOid).catch(() => undefined);
  }

  /** Shows another dashboard of this session, or one widget of it. Throws what the service says. */
  async openDashboard(oid: string, widget?: string): Promise<void> {
    try {
      await this.#showDashboard(oid, widget);
    } catch (error) {
      const code = report(this.#context, error);
      if (code) this.store.dispatch({ type: 'failed', code });
      throw error;
    }
  }

  /** Takes the host's filters into the reader's changes. Throws `ability_missing`, or `bad_request` and changes nothing. */
  async applyFilters(filters: readonly ViewFilter[]): Promise<void> {
    await this.#session;
    if (!mayFilter(this.store.state)) {
      throw new ViewerError('ability_missing', 'The token does not grant filter.');
    }
    const before = changesOf(this.store.state);
    await this.#change(filters.reduce(withChange, before));
    const widgets = Object.values(this.store.state.widgets);
    const refused = widgets.every(
      (widget) => widget.status === 'error' && widget.code === 'bad_request',
    );
    if (widgets.length === 0 || !refused) return;
    await this.#change(before);
    throw new ViewerError('bad_request', 'The service does not know these filters.');
  }

  /** Sets one filter, if the session may. */
  setFilter(filter: ViewFilter): void {
    if (mayFilter(this.store.state))
      void this.#change(withChange(changesOf(this.store.state), filter));
  }

  /** Restricts one level of a cascading filter; below it stays what is still offered. */
  async setLevel(
    place: LevelPlace,
    filter: Readonly<Record<string, unknown>> | undefined,
  ): Promise<void> {
    if (!mayFilter(this.store.state)) return;
    this.#levelChoices += 1;
    const choice = this.#levelChoices;
    const cascade = await this.#members.chooseLevel(place, filter);
    if (choice === this.#levelChoices) this.setFilter(cascade);
  }

  clearFilter(key: string): void {
    const { state } = this.store;
    if (!mayFilter(state)) return;
    void this.#change(cleared(state.dashboard?.filters ?? [], changesOf(state), key));
  }

  resetFilters(): void {
    if (mayFilter(this.store.state)) void this.#change([]);
  }

  toggleMember(click: MemberClick): void {
    const { state } = this.store;
    if (!mayFilter(state)) return;
    const before = changesOf(state);
    const after = toggleMember(state.dashboard?.filters ?? [], before, click);
    if (after !== before) void this.#change(after);
  }

  retryWidget(oid: string): void {
    void this.#data.retry(oid);
  }

  loadMembers(wish: MembersWish): void {
    void this.#members.load(wish);
  }

  async export(options: { format: ExportFormat; widget?: string }): Promise<ExportResult> {
    await this.#session;
    return exportDashboard(this.#context, options);
  }

  filters(): readonly ViewFilter[] {
    return filtersOf(this.store.state);
  }

  /**
   * Takes over what the page around the viewer wishes: theme, language, and with it the formats where the token leaves them
   * open; null leads back to the session's own (EMB-6).
   */
  async wish(wishes: Wishes): Promise<void> {
    if (!this.#opened) return;
    this.#opened = { ...this.#opened, ...wishes };
    this.#wishes += 1;
    const turn = this.#wishes;
    await this.#session;
    const { store, api, tell } = this.#context;
    const before = store.state.session;
    if (turn !== this.#wishes) return;
    if (!before) return this.setLanguage(wishes.language);
    const { theme = null, language } = this.#opened;
    api.wish({ theme, language: (language && languageFor(language)) ?? null });
    try {
      const session = await api.session();
      if (turn !== this.#wishes) return;
      store.dispatch({ type: 'session-changed', session });
      tell({ type: 'session', session });
      await Promise.all([this.setLanguage(session.language), this.#showTheme(session.theme.oid)]);
      if (session.locale === before.locale) return;
      store.dispatch({ type: 'members-outdated', keys: Object.keys(store.state.members) });
      await this.#data.refresh();
    } catch (error) {
      report(this.#context, error);
    }
  }

  /** Changes the interface language, before a session is there to that of the browser. */
  async setLanguage(wish: string | null | undefined): Promise<void> {
    const { session } = this.store.state;
    const wishes = [wish, session?.language, ...(session ? [] : navigator.languages)];
    const nearest = nearestLanguage(wishes.filter((tag) => typeof tag === 'string'));
    const { language, messages } = await loadMessages(nearest);
    const t = translatorOf(messages, language, session?.locale ?? language);
    this.store.dispatch({ type: 'language-changed', language, t });
  }

  /** Ends the session when the page is left, so that it does not hold a place until it times out. */
  close(): void {
    this.#data.stop();
    this.#context.api.close();
  }

  async #startSession(
    { wat, dashboard, widget, theme, language }: OpenRequest,
    failure: 'failed' | 'session-lost',
  ): Promise<void> {
    const { store, api, tell } = this.#context;
    this.#news.awaitSession();
    try {
      const { timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone } = this.#options;
      const spoken = language ? languageFor(language) : undefined;
      const request: ExchangeRequest = {
        webAccessToken: wat,
        timeZone,
        ...(theme ? { theme } : {}),
        ...(spoken ? { language: spoken } : {}),
      };
      await api.open(request);
      // The dashboard does not wait for the session's description, nor its rows for the dashboard; filters do, for the ability.
      const hasChanges = dashboard !== undefined && store.state.changes[dashboard] !== undefined;
      const early = dashboard && !hasChanges ? this.#showDashboard(dashboard, widget) : undefined;
      early?.catch(() => undefined);
      const session = await api.session();
      store.dispatch({ type: 'session-opened', session });
      await Promise.all([this.setLanguage(session.language), this.#showTheme(session.theme.oid)]);
      tell({ type: 'session', session });
      const first = session.dashboards[0];
      if (early) await early;
      else if (dashboard) await this.#showDashboard(dashboard, widget);
      else if (first) await this.#showDashboard(first.oid, undefined);
      else throw new ViewerError('no_dashboards', 'The token grants no dashboard.');
    } catch (error) {
      const code = report(this.#context, error);
      if (code) store.dispatch({ type: failure, code });
    }
  }

  async #showTheme(oid: string): Promise<void> {
    const { store, api } = this.#context;
    if (store.state.theme?.oid === oid) return;
    try {
      store.dispatch({ type: 'theme-changed', theme: await api.theme(oid) });
    } catch (error) {
      if (!(error instanceof ViewerError && error.code === 'not_found'))
        report(this.#context, error);
      if (!store.state.theme) store.dispatch({ type: 'theme-changed', theme: lightTheme });
    }
  }

  async #showDashboard(oid: string, widget: string | undefined): Promise<void> {
    const { store, api, tell } = this.#context;
    this.#dashboardRequest?.abort();
    const running = new AbortController();
    this.#dashboardRequest = running;
    store.dispatch({ type: 'dashboard-asked', dashboard: oid, widget });
    const refreshed = this.#data.refresh();
    try {
      const dashboard = await api.dashboard(oid, running.signal);
      if (widget && !dashboard.widgets.some((candidate) => candidate.oid === widget)) {
        throw new ViewerError('not_found', 'The dashboard has no such widget.');
      }
      store.dispatch({ type: 'dashboard-arrived', dashboard });
      this.#options.onRoute?.({ dashboard: oid, widget });
      tell({ type: 'loaded', dashboard: { oid, title: dashboard.title.slice(0, 1024) } });
    } catch (error) {
      if (this.#dashboardRequest === running) this.#data.stop();
      throw error;
    }
    await refreshed;
  }

  async #change(changes: readonly ViewFilter[]): Promise<void> {
    const { store, tell } = this.#context;
    const { dashboardOid: dashboard } = store.state;
    if (!dashboard) return;
    const before = withoutOpen(filtersOf(store.state));
    store.dispatch({ type: 'changes-made', dashboard, changes });
    const filters = filtersOf(store.state);
    tell({ type: 'filtersChanged', filters });
    if (JSON.stringify(before) !== JSON.stringify(withoutOpen(filters))) await this.#data.refresh();
  }
}
