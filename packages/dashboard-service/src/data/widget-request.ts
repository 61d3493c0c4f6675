import { type DashboardFilter, type FilterRelations, levelsOf } from '@vitrine/claims';
import { mergeFilters } from '@vitrine/jaql';
import { Problem } from '@vitrine/token-service';
import type { ContentDashboard, ContentWidget } from '../content/content.ts';
import type { Rights } from '../rights/rights.ts';
import { applyHighlight } from './apply-highlight.ts';
import { fieldOf, hasFields } from './field-of.ts';
import type { DataContext, DataRequest } from './run-query.ts';
import { concerns, startingFilters } from './starting-filters.ts';

/**
 * The query of a widget: its own items, under the dashboard's filters (or those of `flt`), changed by the
 * filters the reader sent.
 *
 * @throws Problem `not_found`
 */
export function widgetRequest(
  widget: ContentWidget,
  dashboard: ContentDashboard,
  changes: readonly DashboardFilter[],
  scope: Pick<DataContext, 'rights' | 'content'>,
): DataRequest {
  const base = startingFilters(dashboard, scope);
  const { metadata, filters: changed } = applyHighlight(widget, base, changes);
  const { dataSource: source } = widget;
  const filters = filtersFor(source, mergeFilters(base, changed), dashboard, scope);
  const relations = relationsFor(source, dashboard, scope.rights);
  const ignore =
    widget.ignore === 'all'
      ? filters.flatMap(levelsOf).flatMap(({ jaql }) => fieldOf(jaql) ?? [])
      : (widget.ignore?.dims ?? []);
  return {
    ...{ kind: 'query', source, query: { metadata }, filters, ignore },
    ...(relations === undefined ? {} : { filterRelations: relations }),
  };
}

/**
 * The filters that mean something in a data source: those of another one do only where it has their fields.
 *
 * @throws Problem `not_found`
 */
export function filtersFor(
  source: string,
  filters: readonly DashboardFilter[],
  dashboard: ContentDashboard,
  scope: Pick<DataContext, 'rights' | 'content'>,
): readonly DashboardFilter[] {
  const model = scope.content.models.get(source);
  if (!model) throw new Problem('not_found');
  const own = new Set([source]);
  const isForeign = source !== dashboard.dataSource;
  return filters.filter((filter) => {
    if (scope.rights.filters) return concerns(filter, own, scope);
    return !isForeign || hasFields(model, filter);
  });
}

/** Relations join the dashboard's own filters: those of `flt`, in their place, are ANDed. */
function relationsFor(
  source: string,
  { dataSource, filterRelations = [] }: ContentDashboard,
  rights: Rights,
): FilterRelations | undefined {
  if (rights.filters) return undefined;
  return filterRelations.find(({ datasource = dataSource }) => datasource === source)
    ?.filterRelations;
}

/**
 * Filters in a body need the ability (TOK-11, D-11).
 *
 * @throws Problem `ability_missing`
 */
export function requireFilterAbility(rights: Rights, filters: readonly unknown[]): void {
  if (filters.length > 0 && !rights.abilities.filter) throw new Problem('ability_missing');
}
