/** Every code of this package with what it means. */
export const engineErrors = {
  query_timeout: 'The query ran or waited longer than it may.',
  query_cancelled: 'Its signal was aborted.',
  query_failed: 'The database refused it.',
  overloaded: 'Too many queries wait for their turn.',
  source_unavailable: 'Files or database cannot be opened, or the engine ended.',
} as const;

export type EngineErrorCode = keyof typeof engineErrors;

/** Why an engine gave no rows. Messages are fixed texts: what the database said about it may quote data. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options);
    this.name = 'EngineError';
    this.code = code;
  }
}
