import type { DataLine } from '@vitrine/charts';
import { knownCode } from '../api/read-problem.ts';
import { changesOf } from '../store/selectors.ts';
import type { ViewerErrorCode } from '../viewer-error.ts';
import { type EffectContext, report } from './effect-context.ts';

/** Fetches rows: one request at a time, a newer one ends the one before. */
export class DataRefresher {
  readonly #context: EffectContext;
  #running: AbortController | undefined;
  #count = 0;

  constructor(context: EffectContext) {
    this.#context = context;
  }

  /**
   * Fetches the rows of these widgets, default all on the screen, and of those that an overtaken request still owed.
   * Gives the code of the failure, if the request failed as a whole.
   */
  async refresh(only?: readonly string[]): Promise<ViewerErrorCode | undefined> {
    const { store, api } = this.#context;
    const { dashboardOid, widgetOid, dashboard } = store.state;
    if (!dashboardOid) return undefined;
    const owed = Object.entries(store.state.widgets)
      .filter(([, widget]) => widget.status === 'loading' || ('stale' in widget && widget.stale))
      .map(([oid]) => oid);
    const all = widgetOid
      ? [widgetOid]
      : (dashboard?.widgets ?? []).filter(({ type }) => type !== 'richtext').map(({ oid }) => oid);
    const widgets = only ? [...new Set([...only, ...owed])] : all;

    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#count += 1;
    const refresh = this.#count;
    store.dispatch({ type: 'refresh-started', refresh, widgets });

    const changes = changesOf(store.state);
    const body = {
      ...(changes.length > 0 ? { filters: changes } : {}),
      ...(only || widgetOid ? { widgets } : {}),
    };
    try {
      for await (const line of api.data(dashboardOid, body, running.signal)) {
        if (refresh === this.#count) this.#take(line, refresh);
      }
      store.dispatch({ type: 'refresh-failed', refresh, code: 'query_failed' });
      return undefined;
    } catch (error) {
      // Without a dashboard it is the dashboard's own request that fails, and tells.
      const code = store.state.dashboard ? report(this.#context, error) : undefined;
      if (code) store.dispatch({ type: 'refresh-failed', refresh, code });
      return code;
    }
  }

  stop(): void {
    this.#running?.abort();
  }

  #take(line: DataLine, refresh: number): void {
    const { store } = this.#context;
    if ('error' in line) {
      const code = knownCode(line.error.code);
      store.dispatch({ type: 'widget-failed', refresh, widget: line.widget, code });
      return;
    }
    const { widget, ...result } = line;
    store.dispatch({ type: 'widget-arrived', refresh, widget, result });
    this.#tellLoaded(widget);
  }

  /** Rows may come before the dashboard they belong to; then the telling waits for it. */
  #tellLoaded(oid: string): void {
    const { store, tell } = this.#context;
    const tellNow = () => {
      const found = store.state.dashboard?.widgets.find((widget) => widget.oid === oid);
      if (found) tell({ type: 'widgetLoaded', widget: { oid, title: found.title.slice(0, 1024) } });
    };
    if (store.state.dashboard) {
      tellNow();
      return;
    }
    const stop = store.subscribe(() => {
      if (!store.state.dashboard && store.state.phase !== 'failed') return;
      stop();
      tellNow();
    });
  }
}
