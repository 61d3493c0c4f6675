import type { DashboardFilter } from '@vitrine/claims';
import { hasFields } from '../data/field-of.ts';
import { type BuildContext, type Built, built } from './build-context.ts';
import { filterFault, type ItemFault, queryFault, relationsFault } from './check-items.ts';
import type { ContentDashboard, ContentModel, ContentWidget } from './content.ts';
import { keysOf } from './document-pointer.ts';
import type { FileEntry } from './read-content-file.ts';
import type { DocumentFault, DocumentPath } from './read-document.ts';
import type { DashboardFile } from './schema/dashboard-schema.ts';

/** Checks a dashboard: whom it is shared with, its data sources, and every item by compiling it. */
export function buildDashboard(entry: FileEntry, context: BuildContext): Built {
  const file = entry.object as DashboardFile;
  const dashboard: ContentDashboard = {
    ...file,
    sharedWith: file.sharedWith ?? {},
    filters: file.filters ?? [],
    widgets: file.widgets.map((widget) => ({
      ...widget,
      dataSource: widget.dataSource ?? file.dataSource,
      metadata: widget.metadata ?? [],
    })),
  };
  const model = context.draft.models.get(file.dataSource);
  return built({ kind: 'dashboards', object: dashboard }, [
    ...shareFaults(dashboard, entry, context),
    ...(model
      ? filterFaults(dashboard.filters, model, entry)
      : [entry.faultAt(['dataSource'], 'no such data source')]),
    ...relationFaults(dashboard, entry, context),
    ...dashboard.widgets.flatMap((widget, index) =>
      widgetFaults(widget, index, dashboard, entry, context),
    ),
  ]);
}

function shareFaults(
  { sharedWith }: ContentDashboard,
  entry: FileEntry,
  { draft }: BuildContext,
): DocumentFault[] {
  const missing = (kind: 'users' | 'groups') =>
    (sharedWith[kind] ?? []).flatMap((id, index) =>
      draft[kind].has(id)
        ? []
        : [entry.faultAt(['sharedWith', kind, index], `no such ${kind.slice(0, -1)}`)],
    );
  return [...missing('users'), ...missing('groups')];
}

function filterFaults(
  filters: readonly DashboardFilter[],
  model: ContentModel,
  entry: FileEntry,
): DocumentFault[] {
  return filters.flatMap((filter, index) =>
    placed(filterFault(filter, model), ['filters', index], entry),
  );
}

/** Filters of another data source do not reach its widgets, and cannot be joined for them. */
function relationFaults(
  { dataSource, filters, filterRelations = [] }: ContentDashboard,
  entry: FileEntry,
  { draft }: BuildContext,
): DocumentFault[] {
  return filterRelations.flatMap(({ datasource = dataSource, filterRelations: tree }, index) => {
    const at: DocumentPath = ['filterRelations', index];
    const isFirst =
      filterRelations.findIndex((one) => (one.datasource ?? dataSource) === datasource) === index;
    if (!isFirst) return [entry.faultAt([...at, 'datasource'], 'stands twice in this dashboard')];
    const model = draft.models.get(datasource);
    if (!model) return [entry.faultAt([...at, 'datasource'], 'no such data source')];
    const own = filters.filter((filter) => hasFields(model, filter));
    return placed(relationsFault(own, tree, model), [...at, 'filterRelations'], entry);
  });
}

function widgetFaults(
  widget: ContentWidget,
  index: number,
  dashboard: ContentDashboard,
  entry: FileEntry,
  { draft }: BuildContext,
): DocumentFault[] {
  const at: DocumentPath = ['widgets', index];
  if (dashboard.widgets.findIndex(({ oid }) => oid === widget.oid) !== index) {
    return [entry.faultAt([...at, 'oid'], 'stands twice in this dashboard')];
  }
  const model = draft.models.get(widget.dataSource);
  if (!model) {
    const isOwn = widget.dataSource !== dashboard.dataSource;
    return isOwn ? [entry.faultAt([...at, 'dataSource'], 'no such data source')] : [];
  }
  if (widget.type === 'richtext') {
    return widget.metadata.length > 0
      ? [entry.faultAt([...at, 'metadata'], 'a rich text has no items')]
      : [];
  }
  if (widget.metadata.length === 0) return [entry.faultAt(at, 'needs items in metadata')];
  return placed(queryFault(widget.metadata, model), at, entry);
}

function placed(fault: ItemFault | undefined, at: DocumentPath, entry: FileEntry): DocumentFault[] {
  return fault ? [entry.faultAt([...at, ...keysOf(fault.pointer)], fault.reason)] : [];
}
