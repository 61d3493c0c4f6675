/** Why the state, or the key to it, cannot be used. */
export type StateErrorCode = 'store_unavailable' | 'state_too_new' | 'master_key_wrong';

/** The state cannot be used: refused at start, or 503 `store_unavailable` while running. */
export class StateError extends Error {
  readonly code: StateErrorCode;

  constructor(code: StateErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'StateError';
    this.code = code;
  }
}
