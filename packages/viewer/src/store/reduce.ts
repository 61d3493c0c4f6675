import type { Action } from './actions.ts';
import { reduceMembers } from './reduce-members.ts';
import { reduceWidgets } from './reduce-widgets.ts';
import type { ViewerState } from './state.ts';

/** The state after an action: the one place where state changes. */
export function reduce(state: ViewerState, action: Action): ViewerState {
  switch (action.type) {
    case 'started':
      return {
        ...without(state, 'failure'),
        phase: 'starting',
        embedded: action.embedded,
        panes: action.panes,
      };
    case 'failed':
      return { ...state, phase: 'failed', failure: action.code };
    case 'session-opened':
      return { ...without(state, 'failure'), phase: 'open', session: action.session };
    case 'session-changed':
      return { ...state, session: action.session };
    case 'session-lost':
      return { ...state, failure: action.code };
    case 'language-changed':
      return { ...state, language: action.language, t: action.t };
    case 'theme-changed':
      return { ...state, theme: action.theme };
    case 'panes-changed':
      return { ...state, panes: action.panes };
    case 'drawer-toggled': {
      const rest = without(state, 'drawer');
      return action.drawer ? { ...rest, drawer: action.drawer } : rest;
    }
    case 'dashboard-asked': {
      const isSame = state.dashboard?.oid === action.dashboard;
      const isRecovered = state.phase === 'failed' && state.session !== undefined;
      const rest = without(
        state,
        'drawer',
        'widgetOid',
        ...(isSame ? [] : ['dashboard' as const]),
        ...(isRecovered ? ['failure' as const] : []),
      );
      return {
        ...rest,
        ...(isRecovered ? { phase: 'open' as const } : {}),
        dashboardOid: action.dashboard,
        ...(action.widget ? { widgetOid: action.widget } : {}),
        ...(isSame ? {} : { widgets: {}, members: {}, colors: {} }),
      };
    }
    case 'dashboard-arrived':
      return action.dashboard.oid === state.dashboardOid
        ? { ...state, dashboard: action.dashboard }
        : state;
    case 'changes-made':
      return {
        ...state,
        changes: { ...state.changes, [action.dashboard]: action.changes },
      };
    case 'refresh-started':
    case 'widget-arrived':
    case 'widget-failed':
    case 'refresh-failed':
      return reduceWidgets(state, action);
    case 'members-asked':
    case 'members-arrived':
    case 'members-failed':
    case 'members-outdated':
      return reduceMembers(state, action);
    case 'export-started':
      return {
        ...state,
        exporting: action.format,
        notice: { tone: 'info', text: { kind: 'exporting' } },
      };
    case 'export-ended':
      return { ...without(state, 'exporting'), notice: action.notice };
    case 'notice-dismissed':
      return without(state, 'notice');
  }
}

type Optional = {
  [K in keyof ViewerState]-?: undefined extends ViewerState[K] ? K : never;
}[keyof ViewerState];

function without(state: ViewerState, ...keys: readonly Optional[]): ViewerState {
  const rest = { ...state };
  for (const key of keys) delete (rest as Partial<Record<Optional, unknown>>)[key];
  return rest;
}
