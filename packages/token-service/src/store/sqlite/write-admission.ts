/**
 * Whether a session may open, decided inside the transaction that writes it, so that no other writer comes between:
 *
 *   in service → not revoked → under both session limits → under the rate of opens → the token has a use left, which is taken
 *
 * The use comes last: a refusal takes none.
 */

import { minuteMs } from '../../usage/bucket.ts';
import { integer, integerOrNull, type Row } from '../columns.ts';
import type { LiveBounds, NewSession, OpenOutcome } from '../store.ts';
import type { Statements } from './statements.ts';

/** Why not; undefined: it may. */
export function refusalOf(
  session: NewSession,
  live: LiveBounds,
  statements: Statements,
): Exclude<OpenOutcome, 'opened'> | undefined {
  const configuration = statements.row(
    `SELECT idle_timeout_seconds, end_sessions_at_exp, max_sessions, max_sessions_per_subject,
       max_opens_per_minute
     FROM configuration WHERE kid = ? AND enabled = 1 AND deleted_at IS NULL`,
    session.kid,
  );
  if (configuration === undefined) return 'not_in_service';
  if (isRevoked(session, statements)) return 'token_revoked';
  if (isCrowded(session, live, configuration, statements)) return 'too_many_sessions';
  if (isTooFast(session, configuration, statements)) return 'too_many_opens';
  return takeUse(session, statements) ? undefined : 'token_used';
}

function isRevoked({ kid, sub, jti, issuedAt }: NewSession, statements: Statements): boolean {
  const row = statements.row(
    `SELECT 1 FROM revocation
     WHERE ((value = ? AND claim = 'jti') OR (value = ? AND claim = 'sub') OR (value = ? AND claim = 'kid'))
       AND (kid IS NULL OR kid = ?)
       AND (claim = 'jti' OR coalesce(? <= revoked_at, 1))
     LIMIT 1`,
    ...[jti, sub, kid, kid, issuedAt],
  );
  return row !== undefined;
}

function isCrowded(
  { kid, sub, openedAt }: NewSession,
  { openedAfter, idleTimeoutMs }: LiveBounds,
  configuration: Row,
  statements: Statements,
): boolean {
  const most = integerOrNull(configuration, 'max_sessions');
  const mostPerSubject = integerOrNull(configuration, 'max_sessions_per_subject');
  if (most === null && mostPerSubject === null) return false;
  const ownIdleSeconds = integerOrNull(configuration, 'idle_timeout_seconds');
  const seenAfter = openedAt - (ownIdleSeconds === null ? idleTimeoutMs : ownIdleSeconds * 1000);
  const unexpiredAt = integer(configuration, 'end_sessions_at_exp') === 1 ? openedAt : null;
  const reaches = (limit: number | null, ofSubject: string, ...subject: string[]) => {
    if (limit === null) return false;
    const row = statements.row(
      `SELECT count(*) AS live FROM (
         SELECT 1 FROM session
         WHERE kid = ? AND ended_at IS NULL AND seen_at > ? AND opened_at > ?
           AND coalesce(expires_at > ?, 1) ${ofSubject}
         LIMIT ?)`,
      ...[kid, seenAfter, openedAfter, unexpiredAt, ...subject, limit],
    );
    return row !== undefined && integer(row, 'live') >= limit;
  };
  return reaches(mostPerSubject, 'AND sub = ?', sub) || reaches(most, '');
}

function isTooFast(
  { kid, openedAt }: NewSession,
  configuration: Row,
  statements: Statements,
): boolean {
  const most = integerOrNull(configuration, 'max_opens_per_minute');
  if (most === null) return false;
  const row = statements.row(
    `SELECT count(*) AS opens FROM (
       SELECT 1 FROM session WHERE kid = ? AND rated_at > ? LIMIT ?)`,
    ...[kid, openedAt - minuteMs, most],
  );
  return row !== undefined && integer(row, 'opens') >= most;
}

function takeUse({ kid, jti, uses, expiresAt }: NewSession, statements: Statements): boolean {
  if (uses === null) return true;
  if (jti === null) return false;
  const taken = statements.run(
    `INSERT INTO token_use (kid, jti, sessions, expires_at) VALUES (?, ?, 1, ?)
     ON CONFLICT (kid, jti) DO UPDATE SET
       sessions = sessions + 1, expires_at = max(expires_at, excluded.expires_at)
     WHERE sessions < ?`,
    ...[kid, jti, expiresAt, uses],
  );
  return taken > 0;
}
