/** What one refusal says to the outside. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** The sentence a person reads; a throw site may give a more exact one. */
  readonly detail: string;
  /** `WWW-Authenticate` of a 401 (RFC 9110 §11.6.1). */
  readonly challenge?: string;
  /** Default `Retry-After`, in seconds. */
  readonly retryAfterSeconds?: number;
}

const session = 'Session realm="vitrine"';
const token = 'Token realm="vitrine"';
const admin = 'Bearer realm="vitrine admin"';

/** The one table of refusals: code → status and words. Both services answer from it. */
export const problemKinds = {
  token_malformed: {
    status: 400,
    title: 'Malformed token',
    detail: 'This is not a well-formed web access token.',
  },
  token_refused: {
    status: 401,
    title: 'Token refused',
    detail: 'This web access token is not accepted here.',
    challenge: token,
  },
  token_expired: {
    status: 401,
    title: 'Token expired',
    detail: 'This web access token has expired. Ask for a new link.',
    challenge: token,
  },
  token_not_yet_valid: {
    status: 401,
    title: 'Token not yet valid',
    detail: 'This web access token is not valid yet.',
    challenge: token,
  },
  origin_refused: {
    status: 403,
    title: 'Origin refused',
    detail:
      'Pages of this origin may not use this token: its configuration does not name the origin.',
  },
  page_not_shown: {
    status: 403,
    title: 'Page not shown',
    detail:
      'A page that is fetched before anybody looks at it opens no session. Ask again when it is shown.',
  },
  token_revoked: {
    status: 401,
    title: 'Token revoked',
    detail: 'This web access token was revoked. Ask for a new link.',
    challenge: token,
  },
  token_used: {
    status: 401,
    title: 'Token used up',
    detail: 'This web access token has opened as many sessions as it may. Ask for a new link.',
    challenge: token,
  },
  too_many_sessions: {
    status: 429,
    title: 'Too many sessions',
    detail: 'As many sessions are open as may be at once. Close one, or try again later.',
    retryAfterSeconds: 60,
  },
  subject_unknown: {
    status: 401,
    title: 'Unknown subject',
    detail: 'The person this token stands for is not known here.',
    challenge: token,
  },
  wat_is_not_a_bearer_token: {
    status: 401,
    title: 'A web access token is not a bearer token',
    detail:
      'Exchange the web access token first: POST /api/v1/wat/sessionToken {"webAccessToken": …}. ' +
      'Then send "Authorization: <webSessionToken>" without "Bearer", and "Initialiser: <initialiser>".',
    challenge: session,
  },
  session_unknown: {
    status: 401,
    title: 'No such session',
    detail: 'The headers Authorization and Initialiser do not name a session.',
    challenge: session,
  },
  session_ended: {
    status: 401,
    title: 'Session ended',
    detail: 'This session was ended. Open the link again.',
    challenge: session,
  },
  session_expired: {
    status: 401,
    title: 'Session expired',
    detail: 'This session lasted its time. Open the link again.',
    challenge: session,
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    detail: 'Too many tokens from here were refused. Wait, then try again.',
  },
  overloaded: {
    status: 503,
    title: 'Overloaded',
    detail: 'More is asked for at once than can be done. Try again in a moment.',
    retryAfterSeconds: 1,
  },
  ability_missing: {
    status: 403,
    title: 'Ability missing',
    detail: 'The token of this session does not grant this.',
  },
  admin_required: {
    status: 401,
    title: 'Administrator required',
    detail: 'Send "Authorization: Bearer <admin token>".',
    challenge: admin,
  },
  cross_site_refused: {
    status: 403,
    title: 'Cross-site request refused',
    detail: 'Administration does not answer requests that another site starts.',
  },
  destination_refused: {
    status: 403,
    title: 'Destination refused',
    detail: 'This page opens in a tab or an iframe, and nowhere else.',
  },
  token_invalid: {
    status: 422,
    title: 'Invalid token',
    detail: 'The token has errors; see findings.',
  },
  body_invalid: {
    status: 400,
    title: 'Invalid body',
    detail: 'The body does not have the documented form.',
  },
  parameter_invalid: {
    status: 400,
    title: 'Invalid parameter',
    detail: 'A parameter in the address does not have the documented form.',
  },
  query_invalid: {
    status: 400,
    title: 'Invalid query',
    detail: 'The query does not have the documented form.',
  },
  request_invalid: {
    status: 400,
    title: 'Invalid request',
    detail: 'The request could not be read.',
  },
  body_too_large: {
    status: 413,
    title: 'Body too large',
    detail: 'The body is larger than this route takes.',
  },
  media_type_unsupported: {
    status: 415,
    title: 'Unsupported media type',
    detail: 'Send the body as application/json in UTF-8, not compressed.',
  },
  rotation_under_way: {
    status: 409,
    title: 'Rotation under way',
    detail: 'The configuration has a next key already. Retire the old one first.',
  },
  rotation_not_under_way: {
    status: 409,
    title: 'No rotation under way',
    detail: 'The configuration has one key only, which stays. Rotate first.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    detail: 'There is nothing here.',
  },
  store_unavailable: {
    status: 503,
    title: 'State not available',
    detail: 'The service cannot write its state at the moment. Try again.',
    retryAfterSeconds: 1,
  },
  query_timeout: {
    status: 504,
    title: 'Query timed out',
    detail: 'The query took too long and was stopped.',
  },
  query_cancelled: {
    status: 409,
    title: 'Query cancelled',
    detail: 'The query was cancelled.',
  },
  query_failed: {
    status: 500,
    title: 'Query failed',
    detail: 'The data source could not answer the query.',
  },
  parameter_missing: {
    status: 403,
    title: 'User parameter missing',
    detail: 'The data source asks for something about this user that the directory does not say.',
  },
  source_unavailable: {
    status: 503,
    title: 'Data source not available',
    detail: 'The data source cannot be reached at the moment. Try again.',
    retryAfterSeconds: 5,
  },
  export_failed: {
    status: 422,
    title: 'Export failed',
    detail: 'The file could not be made.',
  },
  server_error: {
    status: 500,
    title: 'Server error',
    detail: 'Something went wrong here. The log has the reason.',
  },
} as const satisfies Record<string, ProblemKind>;

/** Every code a refusal can carry. */
export type ProblemCode = keyof typeof problemKinds;
