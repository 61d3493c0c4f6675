/** Every code of this package with what it means. */
export const jaqlErrors = {
  query_invalid: 'A part of the query itself has the wrong shape or value.',
  query_unsupported: 'A part of the query is not offered.',
  item_invalid: 'An item contradicts itself, its column or the language.',
  item_unsupported: 'An item uses a key or feature that is not offered.',
  field_unknown: 'No such table, column or dimension in the model.',
  filter_invalid: 'A filter of a known kind has the wrong shape or value.',
  filter_unsupported: 'A filter kind or key that is not offered here.',
  formula_syntax: 'The text of a formula cannot be read.',
  formula_function: 'A formula uses a function that there is not.',
  formula_reference:
    'A placeholder has no item in `context`, or one that cannot stand in its place.',
  formula_arguments: 'A function has the wrong number or kind of arguments.',
  formula_type: 'Numbers, texts, dates, conditions, fields or measures are mixed up.',
  formula_limit: 'A formula is too long, too deep or too large.',
  formula_misplaced: 'The query has not what the formula counts on: a date, a level, a grouping.',
  count_too_large: '`count` is over the configured maximum.',
  fan_out: 'A measure or grouping would count rows more than once.',
  no_path: 'Two tables of the query are not related.',
  rule_unreachable:
    "A data security rule is on a table that the query's tables are not related to.",
  rule_field_unknown: 'A data security rule names a table or column that the model does not have.',
  parameter_missing:
    'A table of the model needs a user parameter that is absent or has another type.',
  model_invalid: 'The model has problems that `checkModel` reports.',
} as const;

export type JaqlErrorCode = keyof typeof jaqlErrors;

/** What a refusal says besides its code. */
export interface JaqlErrorOptions extends ErrorOptions {
  readonly pointer?: string;
  readonly position?: number;
  readonly hint?: string;
}

/**
 * A query that is refused; `pointer` (RFC 6901) leads to the part at fault, and no message holds a name or value of it.
 * In a formula, `position` is where its text is at fault, in UTF-16 units. `hint` is what may have been meant: a word of the
 * language, or, for code `field_unknown` and `formula_reference`, a column of the model or an id of the query.
 */
export class JaqlError extends Error {
  readonly code: JaqlErrorCode;
  readonly pointer: string;
  readonly position?: number;
  readonly hint?: string;

  constructor(code: JaqlErrorCode, message: string, options: JaqlErrorOptions = {}) {
    super(message, options);
    this.name = 'JaqlError';
    this.code = code;
    this.pointer = options.pointer ?? '';
    if (options.position !== undefined) this.position = options.position;
    if (options.hint !== undefined) this.hint = options.hint;
  }
}
