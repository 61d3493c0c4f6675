import type { DataLine } from '@vitrine/charts';
import { knownCode } from '../api/read-problem.ts';
import { awaitedOf, changesOf, queriedOf } from '../store/selectors.ts';
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
   * A widget that gets none says why.
   */
  async refresh(only?: readonly string[]): Promise<void> {
    const { store, api } = this.#context;
    const { dashboardOid, widgetOid } = store.state;
    if (!dashboardOid) return;
    const all = widgetOid ? [widgetOid] : queriedOf(store.state);
    const widgets = only ? [...new Set([...only, ...awaitedOf(store.state)])] : all;

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
      this.#whenShown(refresh, () => this.#fail(refresh, 'query_failed'));
    } catch (error) {
      // Without a dashboard it is the dashboard's own request that fails, and tells.
      this.#whenShown(refresh, () => {
        const code = report(this.#context, error);
        if (code) this.#fail(refresh, code);
      });
    }
  }

  /** Asks again for a widget that failed, and for those that failed alike: most often it was one request. */
  async retry(oid: string): Promise<void> {
    const { widgets } = this.#context.store.state;
    const failed = widgets[oid];
    if (failed?.status !== 'error') return;
    const alike = Object.entries(widgets).filter(
      ([, widget]) => widget.status === 'error' && widget.code === failed.code,
    );
    await this.refresh(alike.map(([other]) => other));
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
    this.#tellLoaded(widget, refresh);
  }

  #fail(refresh: number, code: ViewerErrorCode): void {
    this.#context.store.dispatch({ type: 'refresh-failed', refresh, code });
  }

  #tellLoaded(oid: string, refresh: number): void {
    const { store, tell } = this.#context;
    this.#whenShown(refresh, () => {
      const found = store.state.dashboard?.widgets.find((widget) => widget.oid === oid);
      if (found) tell({ type: 'widgetLoaded', widget: { oid, title: found.title.slice(0, 1024) } });
    });
  }

  /** Rows, and that there are none, may come before the dashboard they belong to; what follows from them waits for it. */
  #whenShown(refresh: number, act: () => void): void {
    const { store } = this.#context;
    if (store.state.dashboard) {
      act();
      return;
    }
    const stop = store.subscribe(() => {
      if (!store.state.dashboard && store.state.phase !== 'failed') return;
      stop();
      if (store.state.dashboard && refresh === this.#count) act();
    });
  }
}
