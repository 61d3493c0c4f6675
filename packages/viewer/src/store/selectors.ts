import { learnColors, type MemberColors, type ViewFilter, type Widget } from '@vitrine/charts';
import { filtersInForce } from '../filters/filters-in-force.ts';
import type { ViewerState } from './state.ts';

/** The reader's changes to the open dashboard's filters; none where a new session does not grant them. */
export function changesOf(state: ViewerState): readonly ViewFilter[] {
  if (state.session && !mayFilter(state)) return [];
  return (state.dashboardOid && state.changes[state.dashboardOid]) || [];
}

/** The open dashboard's filters in force. */
export function filtersOf(state: ViewerState): readonly ViewFilter[] {
  return filtersInForce(state.dashboard?.filters ?? [], changesOf(state));
}

/** The widgets on the screen: all of the dashboard, or the one that a link opened. */
export function widgetsOf(state: ViewerState): readonly Widget[] {
  const widgets = state.dashboard?.widgets ?? [];
  return state.widgetOid ? widgets.filter(({ oid }) => oid === state.widgetOid) : widgets;
}

/** Ids of the widgets on the screen that have rows. */
export function queriedOf(state: ViewerState): readonly string[] {
  return widgetsOf(state).flatMap(({ oid, type }) => (type === 'richtext' ? [] : oid));
}

/** Ids of the widgets whose rows are still to come. */
export function awaitedOf(state: ViewerState): readonly string[] {
  const known = new Set([...queriedOf(state), ...Object.keys(state.widgets)]);
  return [...known].filter((oid) => {
    const widget = state.widgets[oid];
    if (!widget || widget.status === 'loading') return true;
    return widget.status !== 'error' && widget.stale;
  });
}

/** True where the session may change filters (TOK-11). */
export function mayFilter(state: ViewerState): boolean {
  return state.session?.abilities.filter === true;
}

/**
 * The colours of members on the screen: those kept, and for members that are new the next ones, widget by widget in the
 * order of the dashboard and not in that of the answers.
 */
export function colorsOf({
  dashboard,
  widgets,
  colors,
  theme,
  session,
}: ViewerState): MemberColors {
  if (!dashboard || !theme || !session) return colors;
  const context = { theme, locale: session.locale };
  return dashboard.widgets.reduce((known, widget) => {
    const data = widgets[widget.oid];
    return data?.status === 'ready' ? learnColors(known, widget, data.result, context) : known;
  }, colors);
}
