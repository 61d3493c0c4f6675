import {
  type DashboardFilter,
  isCascadingFilter,
  type Jaql,
  type JaqlFilter,
  type JaqlItem,
  levelsOf,
} from '@vitrine/claims';
import type { ContentWidget } from '../content/content.ts';
import { isSameField } from './field-of.ts';

/** Types that dim by default what was not clicked. */
const highlighting: ReadonlySet<string> = new Set(['column', 'bar', 'pie']);

/**
 * Turns a selection on a widget's own category into a highlight: the rows stay, and the members outside are
 * marked. Only plain member lists that the reader sent do so; locked filters restrict, as do those of the
 * dashboard itself.
 */
export function applyHighlight(
  widget: ContentWidget,
  base: readonly DashboardFilter[],
  changes: readonly DashboardFilter[],
): { readonly metadata: readonly JaqlItem[]; readonly filters: readonly DashboardFilter[] } {
  const selection =
    widget.options?.selection ?? (highlighting.has(widget.type) ? 'highlight' : 'slice');
  const selections =
    selection === 'slice'
      ? []
      : changes.filter(isSelection).filter((change) => !isLocked(change, base));
  const metadata = [...widget.metadata];
  const filters = [...changes];
  for (const change of selections) {
    const index = metadata.findIndex(
      (item) => isCategory(item) && isSameField(item.jaql, change.jaql),
    );
    const item = metadata[index];
    if (!item) continue;
    metadata[index] = {
      ...item,
      jaql: { ...item.jaql, in: { selected: { jaql: selectedJaql(change) } } },
    };
    // The change still stands in for the dashboard's filter on this field, without restricting the rows.
    filters[filters.indexOf(change)] = {
      ...change,
      jaql: { ...change.jaql, filter: { all: true } },
    };
  }
  return { metadata, filters };
}

function isCategory({ panel, jaql }: JaqlItem): boolean {
  return panel === 'category' && jaql.agg === undefined && jaql.formula === undefined;
}

function isSelection(change: DashboardFilter): change is JaqlItem {
  if (isCascadingFilter(change)) return false;
  const filter: JaqlFilter = change.jaql.filter ?? {};
  const keys = Object.keys(filter).filter((key) => key !== 'multiSelection');
  return (
    !change.disabled &&
    keys.length === 1 &&
    Array.isArray(filter.members) &&
    filter.members.length > 0
  );
}

function isLocked(change: JaqlItem, base: readonly DashboardFilter[]): boolean {
  return base
    .flatMap(levelsOf)
    .some((item) => item.locked === true && isSameField(item.jaql, change.jaql));
}

function selectedJaql({ jaql }: JaqlItem): Jaql {
  const { title: _title, sort: _sort, in: _in, ...rest } = jaql;
  return rest;
}
