/** Every code of this package with what it means. */
export const jaqlErrors = {
  query_invalid: 'A part of the query itself has the wrong shape or value.',
  query_unsupported: 'A part of the query is not offered.',
  item_invalid: 'An item contradicts itself, its column or the language.',
  item_unsupported: 'An item uses a key or feature that is not offered.',
  field_unknown: 'No such table, column or dimension in the model.',
  filter_invalid: 'A filter of a known kind has the wrong shape or value.',
  filter_unsupported: 'A filter kind or key that is not offered here.',
  count_too_large: '`count` is over the configured maximum.',
  fan_out: 'A measure or grouping would count rows more than once.',
  no_path: 'Two tables of the query are not related.',
  rule_unreachable:
    "A data security rule is on a table that the query's tables are not related to.",
  rule_field_unknown: 'A data security rule names a table or column that the model does not have.',
  model_invalid: 'The model has problems that `checkModel` reports.',
} as const;

export type JaqlErrorCode = keyof typeof jaqlErrors;

/** A query that is refused; `pointer` (RFC 6901) leads to the part at fault, and no message holds a name or value of it. */
export class JaqlError extends Error {
  readonly code: JaqlErrorCode;
  readonly pointer: string;

  constructor(
    code: JaqlErrorCode,
    message: string,
    options: ErrorOptions & { pointer?: string } = {},
  ) {
    super(message, options);
    this.name = 'JaqlError';
    this.code = code;
    this.pointer = options.pointer ?? '';
  }
}
