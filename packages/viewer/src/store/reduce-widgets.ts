import type { Action } from './actions.ts';
import { awaitedOf, colorsOf } from './selectors.ts';
import type { ViewerState, WidgetState } from './state.ts';

type WidgetAction = Extract<
  Action,
  { type: 'refresh-started' | 'widget-arrived' | 'widget-failed' | 'refresh-failed' }
>;

/** Widgets' data. Answers of a refresh that a newer one has overtaken are dropped. */
export function reduceWidgets(state: ViewerState, action: WidgetAction): ViewerState {
  if (action.type === 'refresh-started') {
    const started = action.widgets.map((oid) => [oid, awaiting(state.widgets[oid])] as const);
    return {
      ...state,
      refresh: action.refresh,
      // What has been seen keeps its colour, whatever the new rows leave out.
      colors: colorsOf(state),
      widgets: { ...state.widgets, ...Object.fromEntries(started) },
    };
  }
  if (action.refresh !== state.refresh) return state;
  switch (action.type) {
    case 'widget-arrived': {
      const { result } = action;
      const status = result.values.length === 0 ? 'empty' : 'ready';
      return withWidget(state, action.widget, { status, result, stale: false });
    }
    case 'widget-failed':
      return withWidget(state, action.widget, { status: 'error', code: action.code });
    case 'refresh-failed': {
      const failed = { status: 'error', code: action.code } as const;
      const changed = Object.fromEntries(awaitedOf(state).map((oid) => [oid, failed] as const));
      return { ...state, widgets: { ...state.widgets, ...changed } };
    }
  }
}

/** Rows stay on the screen while new ones are fetched, so that nothing jumps. */
function awaiting(widget: WidgetState | undefined): WidgetState {
  return widget?.status === 'ready' || widget?.status === 'empty'
    ? { ...widget, stale: true }
    : { status: 'loading' };
}

function withWidget(state: ViewerState, oid: string, widget: WidgetState): ViewerState {
  return { ...state, widgets: { ...state.widgets, [oid]: widget } };
}
