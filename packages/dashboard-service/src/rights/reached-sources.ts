import type { ContentDashboard } from '../content/content.ts';

/** Titles of the data sources that dashboards query. */
export function reachedSources(dashboards: Iterable<ContentDashboard>): Set<string> {
  const titles = new Set<string>();
  for (const { dataSource, widgets } of dashboards) {
    titles.add(dataSource);
    for (const widget of widgets) titles.add(widget.dataSource);
  }
  return titles;
}
