import type { JaqlItem } from '@vitrine/claims';
import { type MembersRequest, mergeFilters } from '@vitrine/jaql';
import { Problem } from '@vitrine/token-service';
import type { ContentDashboard, ContentModel, ContentWidget } from '../content/content.ts';
import type { Rights } from '../rights/rights.ts';
import { applyHighlight } from './apply-highlight.ts';
import { fieldOf, hasField } from './field-of.ts';
import type { DataContext, DataRequest } from './run-query.ts';
import { concerns, startingFilters } from './starting-filters.ts';

type QueryScope = Pick<DataContext, 'rights' | 'content'>;

/**
 * The query of a widget: its own items, under the dashboard's filters (or those of `flt`), changed by the
 * filters the reader sent.
 *
 * @throws Problem `not_found`
 */
export function widgetRequest(
  widget: ContentWidget,
  dashboard: ContentDashboard,
  changes: readonly JaqlItem[],
  scope: QueryScope,
): DataRequest {
  const model = scope.content.models.get(widget.dataSource);
  if (!model) throw new Problem('not_found');
  const base = startingFilters(dashboard, scope);
  const { metadata, filters: changed } = applyHighlight(widget, base, changes);
  const filters = filtersOn(model, dashboard, mergeFilters(base, changed), scope);
  const ignore =
    widget.ignore === 'all'
      ? filters.flatMap(({ jaql }) => fieldOf(jaql) ?? [])
      : (widget.ignore?.dims ?? []);
  return { kind: 'query', source: widget.dataSource, query: { metadata }, filters, ignore };
}

/** What a filter on a field of a data source offers: within the background parts of the dashboard's filters, where one is named. */
export function membersRequest(
  source: string,
  request: MembersRequest,
  dashboard: ContentDashboard | undefined,
  scope: QueryScope,
): DataRequest {
  const model = scope.content.models.get(source);
  if (!dashboard || !model) return { kind: 'members', source, request };
  const filters = filtersOn(model, dashboard, startingFilters(dashboard, scope), scope);
  return { kind: 'members', source, request, filters };
}

/** Those filters that are for a data source: one of the dashboard's own source means something in another only where that has the field. */
function filtersOn(
  model: ContentModel,
  dashboard: ContentDashboard,
  filters: readonly JaqlItem[],
  scope: QueryScope,
): readonly JaqlItem[] {
  const own = new Set([model.title]);
  const isForeign = model.title !== dashboard.dataSource;
  return filters.filter(({ jaql }) => {
    if (scope.rights.filters) return concerns(jaql, own, scope);
    return !isForeign || hasField(model, jaql);
  });
}

/**
 * Filters in a body need the ability (TOK-11, D-11).
 *
 * @throws Problem `ability_missing`
 */
export function requireFilterAbility(rights: Rights, filters: readonly unknown[]): void {
  if (filters.length > 0 && !rights.abilities.filter) throw new Problem('ability_missing');
}
