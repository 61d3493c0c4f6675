import { StateError } from '../../state-error.ts';

/** What an operator can act on, by the code of the driver or by SQLSTATE (PostgreSQL, appendix A). */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'cannot be reached',
  ECONNRESET: 'has cut the connection',
  EHOSTUNREACH: 'cannot be reached',
  ENETUNREACH: 'cannot be reached',
  ENOTFOUND: 'cannot be found by its host name',
  EAI_AGAIN: 'cannot be found by its host name',
  ENOENT: 'cannot be reached',
  ETIMEDOUT: 'did not answer in time',
  '25006': 'takes no writes: it is a standby, or read-only',
  '28000': 'refused the user',
  '28P01': 'refused the password',
  '3D000': 'has no database of this name',
  '42501': 'does not allow this user to do this',
  '53100': 'has no room left on its disk',
  '53300': 'has too many connections',
  '57014': 'did not answer in time',
  '57P03': 'is starting or stopping',
};

/**
 * What a failed statement or connection becomes: `store_unavailable`. Only the code is kept. The
 * driver's message, detail and cause may hold values of the statement or parts of the URL.
 */
export function failureOf(error: unknown): StateError {
  if (error instanceof StateError) return error;
  const { code } = Object(error) as { code?: unknown };
  const known = typeof code === 'string' && /^[A-Z0-9_]{3,40}$/.test(code) ? code : undefined;
  const message =
    known === undefined
      ? // Time-outs, cut connections and refused TLS come without a code.
        'PostgreSQL gave no usable answer.'
      : `PostgreSQL ${reasons[known] ?? 'failed'} (${known}).`;
  return new StateError('store_unavailable', message);
}
