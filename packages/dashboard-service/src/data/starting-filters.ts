import type { DashboardFilter } from '@vitrine/claims';
import type { Content, ContentDashboard } from '../content/content.ts';
import { reachedSources } from '../rights/reached-sources.ts';
import type { Rights } from '../rights/rights.ts';
import { hasFields } from './field-of.ts';

/** What decides about the filters of a session. */
export interface FilterScope {
  readonly rights: Rights;
  readonly content: Content;
}

/**
 * The filters in force when a dashboard opens: its own, or those of `flt` (TOK-8). One claim serves all dashboards of a token, so
 * a filter on a column of another data source does not concern this one. A filter that fits no data source at all stays, and
 * refuses its queries: it was meant to restrict something.
 */
export function startingFilters(
  dashboard: ContentDashboard,
  scope: FilterScope,
): readonly DashboardFilter[] {
  const { filters } = scope.rights;
  if (!filters) return dashboard.filters;
  const sources = reachedSources([dashboard]);
  return filters.filter((filter) => concerns(filter, sources, scope));
}

/** Whether a filter of a token is for one of these data sources: they have its columns, or no other that the token reaches does. */
export function concerns(
  filter: DashboardFilter,
  sources: ReadonlySet<string>,
  { rights, content }: FilterScope,
): boolean {
  const owners = [...rights.rules.keys()].filter((title) => {
    const model = content.models.get(title);
    return model !== undefined && hasFields(model, filter);
  });
  return owners.length === 0 || owners.some((title) => sources.has(title));
}
