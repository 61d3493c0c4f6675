import { ViewerError, type ViewerErrorCode, viewerErrorCodes } from '../viewer-error.ts';

/** What other codes of the service mean to a reader. */
const aliases: Readonly<Record<string, ViewerErrorCode>> = {
  session_unknown: 'session_ended',
  session_expired: 'session_ended',
  query_invalid: 'bad_request',
  body_invalid: 'bad_request',
  parameter_invalid: 'bad_request',
  query_cancelled: 'query_failed',
  source_unavailable: 'query_failed',
};

const byStatus: Readonly<Record<number, ViewerErrorCode>> = {
  400: 'bad_request',
  401: 'session_ended',
  403: 'ability_missing',
  404: 'not_found',
  422: 'bad_request',
  429: 'rate_limited',
};

/** Maps a code of the service to one the viewer has words for. */
export function knownCode(code: unknown, status = 500): ViewerErrorCode {
  const known = viewerErrorCodes.find((candidate) => candidate === code);
  if (known) return known;
  const alias =
    typeof code === 'string' && Object.hasOwn(aliases, code) ? aliases[code] : undefined;
  return alias ?? byStatus[status] ?? 'server_error';
}

/** Reads a refusal (RFC 9457) into a `ViewerError`; a body that is no problem document still gives one, by its status. */
export async function readProblem(response: Response): Promise<ViewerError> {
  let code: unknown;
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null && 'code' in body) code = body.code;
  } catch {
    // A proxy's HTML page, or nothing at all: the status has to do.
  }
  return new ViewerError(knownCode(code, response.status), `HTTP ${response.status}`);
}
