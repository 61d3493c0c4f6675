import type { ViewFilter, Widget } from '@vitrine/charts';
import { filtersInForce } from '../filters/filters-in-force.ts';
import type { ViewerState } from './state.ts';

/** The reader's changes to the open dashboard's filters. */
export function changesOf(state: ViewerState): readonly ViewFilter[] {
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

/** True where the session may change filters (TOK-11). */
export function mayFilter(state: ViewerState): boolean {
  return state.session?.abilities.filter === true;
}
