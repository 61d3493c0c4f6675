import type { Datatype } from '@vitrine/claims';
import { dimOf } from './field.ts';
import type { Model } from './model.ts';

/** A column as a list of fields shows it. */
export interface FieldInfo {
  readonly table: string;
  readonly column: string;
  readonly dim: string;
  readonly datatype: Datatype;
  readonly title: string;
}

/** The columns of a model that are not hidden, in its order; with `term`, those whose table or column name contains it in any case. */
export function fieldsOf(model: Model, options: { term?: string } = {}): FieldInfo[] {
  const term = options.term?.toLowerCase() ?? '';
  return model.tables.flatMap((table) =>
    table.columns
      .filter((column) => column.hidden !== true)
      .filter((column) => `${table.name}\n${column.name}`.toLowerCase().includes(term))
      .map((column) => ({
        table: table.name,
        column: column.name,
        dim: dimOf({ table, column }),
        datatype: column.type,
        title: column.name,
      })),
  );
}
