import type { JaqlItem } from '@vitrine/claims';
import { mergeFilters } from '@vitrine/jaql';
import { Problem } from '@vitrine/token-service';
import type { ContentDashboard, ContentWidget } from '../content/content.ts';
import type { Rights } from '../rights/rights.ts';
import { applyHighlight } from './apply-highlight.ts';
import { fieldOf, hasField } from './field-of.ts';
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
  changes: readonly JaqlItem[],
  scope: Pick<DataContext, 'rights' | 'content'>,
): DataRequest {
  const { rights, content } = scope;
  const model = content.models.get(widget.dataSource);
  if (!model) throw new Problem('not_found');
  const base = startingFilters(dashboard, scope);
  const { metadata, filters: changed } = applyHighlight(widget, base, changes);
  const merged = mergeFilters(base, changed);
  // Filters of the dashboard's data source mean something in another one only where it has the field.
  const own = new Set([widget.dataSource]);
  const isForeign = widget.dataSource !== dashboard.dataSource;
  const filters = merged.filter(({ jaql }) => {
    if (rights.filters) return concerns(jaql, own, scope);
    return !isForeign || hasField(model, jaql);
  });
  const ignore =
    widget.ignore === 'all'
      ? filters.flatMap(({ jaql }) => fieldOf(jaql) ?? [])
      : (widget.ignore?.dims ?? []);
  return { kind: 'query', source: widget.dataSource, query: { metadata }, filters, ignore };
}

/**
 * Filters in a body need the ability (TOK-11, D-11).
 *
 * @throws Problem `ability_missing`
 */
export function requireFilterAbility(rights: Rights, filters: readonly unknown[]): void {
  if (filters.length > 0 && !rights.abilities.filter) throw new Problem('ability_missing');
}
