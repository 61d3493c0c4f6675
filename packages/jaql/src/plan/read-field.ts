import { at, type JsonRecord } from '../filter/read-record.ts';
import { hintOf } from '../hint-of.ts';
import { JaqlError } from '../jaql-error.ts';
import type { Field } from '../model/field.ts';
import { fieldsOf } from '../model/fields-of.ts';
import type { Model } from '../model/model.ts';
import type { ModelIndex } from '../model/model-index.ts';

/** The field that `dim`, `table` and `column` name; where both forms are given they must agree. Codes `field_unknown`, `item_invalid`. */
export function readField(jaql: JsonRecord, pointer: string, index: ModelIndex): Field {
  const { dim, table, column } = jaql;
  const byDim = dim === undefined ? undefined : fieldOfDim(dim, at(pointer, 'dim'), index);
  if (table === undefined && column === undefined && byDim !== undefined) return byDim;
  if (typeof table !== 'string' || typeof column !== 'string') {
    throw new JaqlError('item_invalid', 'A field is named by dim, or by table and column.', {
      pointer,
    });
  }
  const field = index.fieldOf(table, column);
  if (field === undefined) {
    const ofTable = fieldsOf(index.model).filter((one) => one.table === table);
    throw new JaqlError('field_unknown', 'There is no such column.', {
      pointer: at(pointer, 'column'),
      ...hintOf(
        column,
        ofTable.map((one) => one.column),
      ),
    });
  }
  if (byDim !== undefined && byDim !== field) {
    throw new JaqlError('item_invalid', 'The dim is another column than table and column.', {
      pointer: at(pointer, 'dim'),
    });
  }
  return field;
}

/** The field of a dim. Code `field_unknown`. */
export function fieldOfDim(dim: unknown, pointer: string, index: ModelIndex): Field {
  const field = typeof dim === 'string' ? index.fieldOfDim(dim) : undefined;
  if (field === undefined) {
    const dims = fieldsOf(index.model).map(({ table, column }) => `[${table}.${column}]`);
    throw new JaqlError('field_unknown', 'There is no such dimension.', {
      pointer,
      ...hintOf(dim, dims),
    });
  }
  return field;
}

/** Throws `query_invalid` where a data source is named that is not the model. */
export function checkDataSource(raw: unknown, pointer: string, model: Model): void {
  if (raw === undefined) return;
  const title = typeof raw === 'object' && raw !== null && 'title' in raw ? raw.title : raw;
  if (title !== model.title) {
    throw new JaqlError('query_invalid', 'The query is for another data source.', { pointer });
  }
}
