/**
 * | code | meaning |
 * |---|---|
 * | `query_timeout` | the query ran or waited longer than it may |
 * | `query_cancelled` | its signal was aborted |
 * | `query_failed` | the database refused it |
 * | `source_unavailable` | files or database cannot be opened, or the engine ended |
 */
export type EngineErrorCode =
  | 'query_timeout'
  | 'query_cancelled'
  | 'query_failed'
  | 'source_unavailable';

/** Why an engine gave no rows. Messages are fixed texts: what the database said about it may quote data. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.name = 'EngineError';
    this.code = code;
  }
}
