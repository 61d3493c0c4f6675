/** Every way the viewer can fail, as a person or a host page can meet it. HTTP codes are the service's own. */
export const viewerErrorCodes = [
  'token_malformed',
  'token_refused',
  'token_expired',
  'token_not_yet_valid',
  'token_revoked',
  'token_used',
  'subject_unknown',
  'too_many_sessions',
  'no_access_pass',
  'rate_limited',
  'session_ended',
  'not_found',
  'no_dashboards',
  'ability_missing',
  'action_blocked',
  'bad_request',
  'query_failed',
  'query_timeout',
  'network_down',
  'server_error',
  'not_embedded',
  'host_silent',
] as const;
export type ViewerErrorCode = (typeof viewerErrorCodes)[number];

/** The one error of this package; `message` is for developers, people read the catalogue's text of `code`. */
export class ViewerError extends Error {
  readonly code: ViewerErrorCode;

  constructor(code: ViewerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ViewerError';
    this.code = code;
  }
}

/** The code to show for anything that was thrown; what is not ours is `server_error`. */
export function errorCodeOf(error: unknown): ViewerErrorCode {
  return error instanceof ViewerError ? error.code : 'server_error';
}

/** True for the rejection of an aborted request, which nobody has to see. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
