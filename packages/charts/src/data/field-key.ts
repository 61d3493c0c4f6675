/** A field, and for dates the level. */
export interface FieldName {
  readonly dim?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly level?: string | undefined;
}

/** The identity of a field, `dim` + `level`; `[T.C]`, `[T.C (Calendar)]` and table + column name one field. */
export function fieldKey(field: FieldName): string {
  return `${dimOf(field)}|${field.level ?? ''}`;
}

/** `[Table.Column]` of a field, however it was written. */
export function dimOf({ dim, table, column }: FieldName): string {
  const text = dim ?? `[${table ?? ''}.${column ?? ''}]`;
  return text.replace(/ \(Calendar\)\]$/, ']');
}
