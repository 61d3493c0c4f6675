/**
 * | code | meaning |
 * |---|---|
 * | `query_invalid` | a part of the query itself has the wrong shape or value |
 * | `query_unsupported` | a part of the query is not offered |
 * | `item_invalid` | an item contradicts itself, its column or the language |
 * | `item_unsupported` | an item uses a key or feature that is not offered |
 * | `field_unknown` | no such table, column or dimension in the model |
 * | `filter_invalid` | a filter of a known kind has the wrong shape or value |
 * | `filter_unsupported` | a filter kind or key that is not offered here |
 * | `count_too_large` | `count` is over the configured maximum |
 * | `fan_out` | a measure or grouping would count rows more than once |
 * | `no_path` | two tables of the query are not related |
 * | `rule_unreachable` | a data security rule is on a table that the query's tables are not related to |
 * | `rule_field_unknown` | a data security rule names a table or column that the model does not have |
 * | `model_invalid` | the model has problems that `checkModel` reports |
 */
export type JaqlErrorCode =
  | 'query_invalid'
  | 'query_unsupported'
  | 'item_invalid'
  | 'item_unsupported'
  | 'field_unknown'
  | 'filter_invalid'
  | 'filter_unsupported'
  | 'count_too_large'
  | 'fan_out'
  | 'no_path'
  | 'rule_unreachable'
  | 'rule_field_unknown'
  | 'model_invalid';

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
