import { type Dashboard, dimOf, type ViewFilter, type ViewItem, viewLevels } from '@vitrine/charts';

/**
 * The fields that a reader can add a filter for: those that the widgets group by and no filter is about, by name. Dates
 * are restricted by days.
 */
export function addableFields(
  { dataSource, widgets }: Dashboard,
  filters: readonly ViewFilter[],
): readonly ViewItem[] {
  const taken = new Set(filters.flatMap(viewLevels).map(({ jaql }) => dimOf(jaql)));
  const found = new Map<string, ViewItem>();
  const items = widgets
    .filter((widget) => widget.dataSource === dataSource)
    .flatMap(({ metadata }) => metadata);
  for (const { jaql, format } of items) {
    const { agg, formula, dim, table, column, datatype, title } = jaql;
    const isField = !agg && !formula && datatype && (dim || (table && column));
    const key = dimOf(jaql);
    if (!isField || taken.has(key) || found.has(key)) continue;
    const level = datatype === 'datetime' ? 'days' : undefined;
    found.set(key, {
      jaql: {
        ...(dim ? { dim } : { table: table ?? '', column: column ?? '' }),
        datatype,
        title: (level ? columnOf(key) : title) ?? columnOf(key),
        ...(level ? { level } : {}),
        filter: { all: true },
      },
      ...(format && datatype === 'numeric' ? { format } : {}),
    });
  }
  return [...found.values()].sort((one, other) =>
    (one.jaql.title ?? '').localeCompare(other.jaql.title ?? ''),
  );
}

/** What a date is called in a widget is often its level there, `Quarter`: the column's own name says more. */
const columnOf = (dim: string) => dim.replace(/^\[[^.]*\./, '').replace(/\]$/, '');
