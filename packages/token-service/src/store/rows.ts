/** What both databases keep in columns of the same names. */
import { flag, integer, integerOrNull, type Row, text, textOrNull } from './columns.ts';
import type { Revocation, StoredConfiguration, StoredSession } from './store.ts';

/** The columns of a session and of its configuration. */
export function toSession(row: Row): StoredSession {
  return {
    id: text(row, 'id'),
    kid: text(row, 'kid'),
    sub: text(row, 'sub'),
    tokenDigest: text(row, 'token_digest'),
    timeZone: text(row, 'time_zone'),
    theme: textOrNull(row, 'theme'),
    language: textOrNull(row, 'language'),
    openedAt: integer(row, 'opened_at'),
    seenAt: integer(row, 'seen_at'),
    endedAt: integerOrNull(row, 'ended_at'),
    profile: toProfile(row),
    allowErasedAcl: flag(row, 'allow_erased_acl'),
    idleTimeoutSeconds: integerOrNull(row, 'idle_timeout_seconds'),
    endSessionsAtExp: flag(row, 'end_sessions_at_exp'),
    expiresAt: integerOrNull(row, 'expires_at'),
  };
}

/** The columns of a configuration, and what each database keeps in its own way. */
export function toConfiguration(
  row: Row,
  own: Pick<StoredConfiguration, 'origins' | 'signature' | 'keys'>,
): StoredConfiguration {
  return {
    kid: text(row, 'kid'),
    name: text(row, 'name'),
    profile: toProfile(row),
    enabled: flag(row, 'enabled'),
    linksAllowed: flag(row, 'links_allowed'),
    maxTokenLifetimeSeconds: integerOrNull(row, 'max_token_lifetime_seconds'),
    allowErasedAcl: flag(row, 'allow_erased_acl'),
    idleTimeoutSeconds: integerOrNull(row, 'idle_timeout_seconds'),
    endSessionsAtExp: flag(row, 'end_sessions_at_exp'),
    maxSessions: integerOrNull(row, 'max_sessions'),
    maxSessionsPerSubject: integerOrNull(row, 'max_sessions_per_subject'),
    maxSessionsPerToken: integerOrNull(row, 'max_sessions_per_token'),
    maxOpensPerMinute: integerOrNull(row, 'max_opens_per_minute'),
    createdAt: integer(row, 'created_at'),
    updatedAt: integer(row, 'updated_at'),
    ...own,
  };
}

export function toRevocation(row: Row): Revocation {
  const claim = text(row, 'claim');
  return {
    id: text(row, 'id'),
    claim: claim === 'jti' || claim === 'sub' ? claim : 'kid',
    value: text(row, 'value'),
    kid: textOrNull(row, 'kid'),
    revokedAt: integer(row, 'revoked_at'),
  };
}

function toProfile(row: Row): StoredConfiguration['profile'] {
  return text(row, 'profile') === 'strict' ? 'strict' : 'compatible';
}
