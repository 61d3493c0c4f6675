/**
 * A batch of opens in one transaction. Those that may open are written by one statement:
 *
 *   offered ⋈ configurations in service, not revoked ─► session rows ─► counters
 *
 * The lock makes an open and a disabling follow one another: whichever is second sees the first.
 * Counters are written in the order of their key, so that two processes cannot wait for each other.
 */
import { bucketMs } from '../../usage/bucket.ts';
import { text } from '../columns.ts';
import type { NewSession, OpenOutcome } from '../store.ts';
import { admit, type Offer } from './admission.ts';
import type { Database, Runner } from './database.ts';

const open = {
  name: 'open_sessions',
  text: `
    WITH in_service AS MATERIALIZED (
      SELECT kid, max_opens_per_minute FROM vitrine.configuration
      WHERE kid = ANY ($1::text[]) AND enabled AND deleted_at IS NULL
      ORDER BY kid
      FOR SHARE
    ), opened AS (
      INSERT INTO vitrine.session
        (id, kid, sub, token_digest, time_zone, theme, language, opened_at, seen_at, claims,
         jti, expires_at, rated_at)
      SELECT id, kid, sub, token_digest, time_zone, theme, language, opened_at, opened_at, claims,
        jti, expires_at, CASE WHEN max_opens_per_minute IS NOT NULL THEN opened_at END
      FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
          $8::text[], $9::int8[], $10::text[], $12::text[], $13::int8[], $14::int8[]) WITH ORDINALITY
        AS offered (id, kid, sub, token_digest, time_zone, theme, language, opened_at, claims,
          jti, expires_at, issued_at, place)
      JOIN in_service USING (kid)
      WHERE NOT EXISTS (
        SELECT FROM vitrine.revocation r
        WHERE (r.value = offered.jti AND r.claim = 'jti'
            OR r.value = offered.sub AND r.claim = 'sub'
            OR r.value = offered.kid AND r.claim = 'kid')
          AND (r.kid IS NULL OR r.kid = offered.kid)
          AND (r.claim = 'jti' OR coalesce(offered.issued_at <= r.revoked_at, true)))
      ORDER BY place
      RETURNING id, kid, opened_at
    ), counted AS (
      INSERT INTO vitrine.usage_bucket AS counter (kid, bucket, opens, last_used)
      SELECT kid, opened_at / $11::int8, count(*), max(opened_at) FROM opened
      GROUP BY 1, 2 ORDER BY 1, 2
      ON CONFLICT (kid, bucket) DO UPDATE SET
        opens = counter.opens + excluded.opens,
        last_used = greatest(counter.last_used, excluded.last_used)
    )
    SELECT id FROM opened`,
};

/** What became of each session, in their order; all fail where one cannot be written. */
export async function openSessions(
  database: Database,
  offers: readonly Offer[],
): Promise<OpenOutcome[]> {
  return await database.transaction(async (runner) => {
    const outcomes = await admit(runner, offers);
    const admitted = offers
      .filter((_, index) => outcomes[index] === 'opened')
      .map(({ session }) => session);
    const opened = await write(runner, admitted);
    return outcomes.map((outcome, index) => {
      const id = offers[index]?.session.id ?? '';
      return outcome === 'opened' && !opened.has(id) ? 'token_revoked' : outcome;
    });
  });
}

async function write(runner: Runner, sessions: readonly NewSession[]): Promise<Set<string>> {
  if (sessions.length === 0) return new Set();
  const column = <Key extends keyof NewSession>(key: Key) =>
    sessions.map((session) => session[key]);
  const rows = await runner.rows(open, [
    [...new Set(column('kid'))],
    ...[column('id'), column('kid'), column('sub'), column('tokenDigest'), column('timeZone')],
    ...[column('theme'), column('language'), column('openedAt'), column('claims')],
    bucketMs,
    ...[column('jti'), column('expiresAt'), column('issuedAt')],
  ]);
  return new Set(rows.map((row) => text(row, 'id')));
}
