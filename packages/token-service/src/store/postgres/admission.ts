/**
 * Which sessions of a batch may open, decided under locks, so that limits hold exactly over all processes. Locks are
 * taken in the order of their number, so that two batches cannot wait for each other. Statements that follow a lock see
 * what was committed before it was granted (read committed).
 *
 *   configurations share-locked ─► advisory locks ─► revocations, live sessions, uses ─► verdicts
 *
 * A batch without limits or uses needs the first step only: the statement that writes it looks at the revocations.
 */
import { minuteMs } from '../../usage/bucket.ts';
import { flag, integer, integerOrNull, type Row, text } from '../columns.ts';
import type { LiveBounds, NewSession, OpenOutcome } from '../store.ts';
import type { Runner } from './database.ts';

/** An open and the bounds it was asked with. */
export interface Offer {
  readonly session: NewSession;
  readonly live: LiveBounds;
}

const inService = {
  name: 'configurations_in_service',
  text: `SELECT kid, idle_timeout_seconds, end_sessions_at_exp, max_sessions, max_sessions_per_subject,
      max_opens_per_minute
    FROM vitrine.configuration WHERE kid = ANY ($1::text[]) AND enabled AND deleted_at IS NULL
    ORDER BY kid FOR SHARE`,
};
const findRevoked = {
  name: 'revoked_sessions',
  text: `
    SELECT DISTINCT offered.id
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int8[])
      AS offered (id, kid, sub, jti, issued_at)
    JOIN vitrine.revocation r
      ON (r.value, r.claim) IN ((offered.jti, 'jti'), (offered.sub, 'sub'), (offered.kid, 'kid'))
    WHERE (r.kid IS NULL OR r.kid = offered.kid)
      AND (r.claim = 'jti' OR coalesce(offered.issued_at <= r.revoked_at, true))`,
};
const lock = {
  name: 'lock_for_limits',
  text: `SELECT pg_advisory_xact_lock(number) FROM (
    SELECT DISTINCT hashtextextended(name, 0) AS number FROM unnest($1::text[]) AS name
    ORDER BY 1) AS locks`,
};
const countLive = {
  name: 'count_live_sessions',
  text: `SELECT count(*) AS live FROM (
    SELECT 1 FROM vitrine.session
    WHERE kid = $1 AND ($2::text IS NULL OR sub = $2) AND ended_at IS NULL
      AND seen_at > $3 AND opened_at > $4 AND coalesce(expires_at > $5::int8, true)
    LIMIT $6) AS found`,
};
const countOpens = {
  name: 'count_opens_of_a_minute',
  text: `SELECT count(*) AS opens FROM (
    SELECT 1 FROM vitrine.session WHERE kid = $1 AND rated_at > $2 LIMIT $3) AS found`,
};
const takeUse = {
  name: 'take_token_use',
  text: `INSERT INTO vitrine.token_use AS used (kid, jti, sessions, expires_at) VALUES ($1, $2, 1, $3)
    ON CONFLICT (kid, jti) DO UPDATE SET
      sessions = used.sessions + 1,
      expires_at = CASE WHEN used.expires_at IS NULL OR excluded.expires_at IS NULL THEN NULL
        ELSE greatest(used.expires_at, excluded.expires_at) END
    WHERE used.sessions < $4`,
};

/** One verdict for each offer, in their order. The sessions that may open are still to be written. */
export async function admit(runner: Runner, offers: readonly Offer[]): Promise<OpenOutcome[]> {
  const kids = [...new Set(offers.map(({ session }) => session.kid))];
  const rows = await runner.rows(inService, [kids]);
  const configurations = new Map(rows.map((row) => [text(row, 'kid'), row]));
  const locks = offers.flatMap(({ session }) => locksOf(session, configurations.get(session.kid)));
  if (locks.length > 0) await runner.rows(lock, [locks]);
  const revoked = locks.length > 0 ? await revokedAmong(runner, offers) : new Set<string>();
  const admitted: NewSession[] = [];
  const outcomes: OpenOutcome[] = [];
  for (const offer of offers) {
    const { session } = offer;
    const configuration = configurations.get(session.kid);
    const outcome =
      configuration === undefined
        ? 'not_in_service'
        : revoked.has(session.id)
          ? 'token_revoked'
          : (await isCrowded(runner, offer, { configuration, admitted }))
            ? 'too_many_sessions'
            : (await isTooFast(runner, session, { configuration, admitted }))
              ? 'too_many_opens'
              : (await hasUse(runner, session))
                ? 'opened'
                : 'token_used';
    if (outcome === 'opened') admitted.push(session);
    outcomes.push(outcome);
  }
  return outcomes;
}

async function revokedAmong(runner: Runner, offers: readonly Offer[]): Promise<Set<string>> {
  const column = (key: 'id' | 'kid' | 'sub' | 'jti' | 'issuedAt') =>
    offers.map(({ session }) => session[key]);
  const rows = await runner.rows(findRevoked, [
    ...[column('id'), column('kid'), column('sub'), column('jti'), column('issuedAt')],
  ]);
  return new Set(rows.map((row) => text(row, 'id')));
}

function locksOf({ kid, sub, jti, uses }: NewSession, configuration: Row | undefined): string[] {
  if (configuration === undefined) return [];
  const isLimited = ['max_sessions', 'max_opens_per_minute'].some(
    (limit) => integerOrNull(configuration, limit) !== null,
  );
  const isSubjectLimited = integerOrNull(configuration, 'max_sessions_per_subject') !== null;
  return [
    ...(isLimited ? [JSON.stringify(['kid', kid])] : []),
    ...(isSubjectLimited ? [JSON.stringify(['sub', kid, sub])] : []),
    ...(uses !== null && jti !== null ? [JSON.stringify(['jti', kid, jti])] : []),
  ];
}

interface Crowd {
  readonly configuration: Row;
  /** Of this batch, not written yet. */
  readonly admitted: readonly NewSession[];
}

async function isCrowded(
  runner: Runner,
  { session, live }: Offer,
  { configuration, admitted }: Crowd,
): Promise<boolean> {
  const { kid, sub, openedAt } = session;
  const ownIdle = integerOrNull(configuration, 'idle_timeout_seconds');
  const seenAfter = openedAt - (ownIdle === null ? live.idleTimeoutMs : ownIdle * 1000);
  const unexpiredAt = flag(configuration, 'end_sessions_at_exp') ? openedAt : null;
  const reaches = async (limit: number | null, subject: string | null) => {
    if (limit === null) return false;
    const [row = {}] = await runner.rows(countLive, [
      ...[kid, subject, seenAfter, live.openedAfter, unexpiredAt, limit],
    ]);
    const beside = admitted.filter(
      (other) => other.kid === kid && (subject === null || other.sub === subject),
    );
    return integer(row, 'live') + beside.length >= limit;
  };
  return (
    (await reaches(integerOrNull(configuration, 'max_sessions_per_subject'), sub)) ||
    (await reaches(integerOrNull(configuration, 'max_sessions'), null))
  );
}

async function isTooFast(
  runner: Runner,
  { kid, openedAt }: NewSession,
  { configuration, admitted }: Crowd,
): Promise<boolean> {
  const most = integerOrNull(configuration, 'max_opens_per_minute');
  if (most === null) return false;
  const after = openedAt - minuteMs;
  const [row = {}] = await runner.rows(countOpens, [kid, after, most]);
  const beside = admitted.filter((other) => other.kid === kid && other.openedAt > after);
  return integer(row, 'opens') + beside.length >= most;
}

async function hasUse(runner: Runner, session: NewSession): Promise<boolean> {
  const { kid, jti, uses, expiresAt } = session;
  if (uses === null) return true;
  return jti !== null && (await runner.run(takeUse, [kid, jti, expiresAt, uses]));
}
