import type { ModelColumn, ModelTable } from './model.ts';

/** A column of the model, found. */
export interface Field {
  readonly table: ModelTable;
  readonly column: ModelColumn;
  /** `[Table.Column]`. */
  readonly dim: string;
}

/** Name of the column in the database. */
export function physicalName(column: ModelColumn): string {
  return column.column ?? column.name;
}

/** `[Table.Column]`, for dates `[Table.Column (Calendar)]`. */
export function dimOf({ table, column }: Pick<Field, 'table' | 'column'>): string {
  return `[${table.name}.${column.name}${column.type === 'datetime' ? ' (Calendar)' : ''}]`;
}
