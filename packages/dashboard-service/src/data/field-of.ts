import { type DashboardFilter, type Jaql, levelsOf } from '@vitrine/claims';
import type { Model } from '@vitrine/jaql';

/** The field a `jaql` object is about, in one spelling: `[Table.Column]`. Undefined for formulas. */
export function fieldOf({ dim, table, column }: Jaql): string | undefined {
  if (typeof dim === 'string') return dim.replace(/ \(Calendar\)\]$/, ']');
  return typeof table === 'string' && typeof column === 'string'
    ? `[${table}.${column}]`
    : undefined;
}

/** True where both are about the same field and date level: the identity of a dashboard filter. */
export function isSameField(one: Jaql, other: Jaql): boolean {
  const field = fieldOf(one);
  return field !== undefined && field === fieldOf(other) && one.level === other.level;
}

/** True where a model has the field of a filter, or those of all its levels. */
export function hasFields(model: Model, filter: DashboardFilter): boolean {
  return levelsOf(filter).every(({ jaql }) => hasField(model, jaql));
}

/** True where a model has the field. */
export function hasField(model: Model, jaql: Jaql): boolean {
  const field = fieldOf(jaql);
  return model.tables.some(({ name, columns }) =>
    columns.some((column) => `[${name}.${column.name}]` === field),
  );
}
