import type { Datatype } from '@vitrine/claims';
import type { ModelColumn, ModelTable } from './model.ts';

/** A column of the model, found. */
export interface Field {
  readonly table: ModelTable;
  readonly column: ModelColumn;
  /** `[Table.Column]`. */
  readonly dim: string;
}

/** A column by its name in the database, and what the model says that it holds. */
export interface PhysicalColumn {
  readonly name: string;
  readonly datatype: Datatype;
}

/** The column of the database that a column of the model reads. */
export function physicalColumn({ column, name, type }: ModelColumn): PhysicalColumn {
  return { name: column ?? name, datatype: type };
}

/** `[Table.Column]`, for dates `[Table.Column (Calendar)]`. */
export function dimOf({ table, column }: Pick<Field, 'table' | 'column'>): string {
  return `[${table.name}.${column.name}${column.type === 'datetime' ? ' (Calendar)' : ''}]`;
}
