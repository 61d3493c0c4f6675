/** Why the state, or the key to it, cannot be used. */
export const stateErrors = {
  store_unavailable: 'The state cannot be read or written.',
  store_unsupported:
    'The database server is too old for the state, or cannot hold every character.',
  state_too_new: 'A newer version of the service has written the state.',
  master_key_wrong: 'The private keys in the state are sealed with another master key.',
} as const;

export type StateErrorCode = keyof typeof stateErrors;

/** The state cannot be used: refused at start, or 503 `store_unavailable` while running. */
export class StateError extends Error {
  readonly code: StateErrorCode;

  constructor(code: StateErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'StateError';
    this.code = code;
  }
}
