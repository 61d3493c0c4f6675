import type { Dashboard, Widget } from '@vitrine/charts';
import type { ContentDashboard, ContentWidget } from '../content/content.ts';
import { type FilterScope, startingFilters } from './starting-filters.ts';

/** A dashboard as its viewer reads it: with the filters in force when a session opens, without server keys. */
export function dashboardView(dashboard: ContentDashboard, scope: FilterScope): Dashboard {
  const { sharedWith: _sharedWith, filterRelations: _relations, widgets, ...rest } = dashboard;
  return {
    ...rest,
    filters: startingFilters(dashboard, scope),
    widgets: widgets.map(widgetView),
  };
}

/** A widget as its viewer reads it. */
export function widgetView({ ignore: _ignore, ...widget }: ContentWidget): Widget {
  return widget;
}
