/**
 * A batch of opens as one statement, so one round trip and one commit:
 *
 *   offered ⋈ configurations in service, share-locked ─► session rows ─► counters
 *
 * The lock makes an open and a disabling follow one another: whichever is second sees the first.
 * Counters are written in the order of their key, so that two processes cannot wait for each other.
 */
import { bucketMs } from '../../usage/bucket.ts';
import { text } from '../columns.ts';
import type { NewSession } from '../store.ts';
import type { Runner } from './database.ts';

const open = {
  name: 'open_sessions',
  text: `
    WITH in_service AS MATERIALIZED (
      SELECT kid FROM vitrine.configuration
      WHERE kid = ANY ($1::text[]) AND enabled AND deleted_at IS NULL
      ORDER BY kid
      FOR SHARE
    ), opened AS (
      INSERT INTO vitrine.session
        (id, kid, sub, token_digest, time_zone, theme, language, opened_at, seen_at, claims)
      SELECT id, kid, sub, token_digest, time_zone, theme, language, opened_at, opened_at, claims
      FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
          $8::text[], $9::int8[], $10::text[]) WITH ORDINALITY
        AS offered (id, kid, sub, token_digest, time_zone, theme, language, opened_at, claims, place)
      JOIN in_service USING (kid)
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

/** Whether each session was opened, in their order; all fail where one cannot be written. */
export async function openSessions(
  runner: Runner,
  sessions: readonly NewSession[],
): Promise<boolean[]> {
  const column = <Key extends keyof NewSession>(key: Key) =>
    sessions.map((session) => session[key]);
  const rows = await runner.rows(open, [
    [...new Set(column('kid'))],
    ...[column('id'), column('kid'), column('sub'), column('tokenDigest'), column('timeZone')],
    ...[column('theme'), column('language'), column('openedAt'), column('claims')],
    bucketMs,
  ]);
  const opened = new Set(rows.map((row) => text(row, 'id')));
  return sessions.map(({ id }) => opened.has(id));
}
