import { integer, text } from '../columns.ts';
import { toSession } from '../rows.ts';
import type { SessionFilter, StoredSession } from '../store.ts';
import type { Runner } from './database.ts';

const purgeChunk = 500;

const selectSession = `
  SELECT s.id, s.kid, s.sub, s.token_digest, s.time_zone, s.theme, s.language, s.opened_at, s.seen_at,
    coalesce(s.ended_at, c.deleted_at, CASE WHEN NOT c.enabled THEN c.updated_at END) AS ended_at,
    s.expires_at, c.profile, c.allow_erased_acl, c.idle_timeout_seconds, c.end_sessions_at_exp
  FROM vitrine.session s JOIN vitrine.configuration c ON c.kid = s.kid`;

const whereLive = `
  WHERE s.ended_at IS NULL AND c.deleted_at IS NULL AND c.enabled
    AND s.opened_at > $1
    AND s.seen_at > $2::int8 - coalesce(c.idle_timeout_seconds * 1000, $3::int8)
    AND (NOT c.end_sessions_at_exp OR s.expires_at IS NULL OR s.expires_at > $2::int8)`;

const find = { name: 'find_session', text: `${selectSession} WHERE s.id = $1` };
const readClaimsOf = {
  name: 'read_claims',
  text: 'SELECT claims FROM vitrine.session WHERE id = $1',
};
const touch = {
  name: 'touch_session',
  text: 'UPDATE vitrine.session SET seen_at = greatest(seen_at, $2) WHERE id = $1',
};
const end = {
  name: 'end_session',
  text: 'UPDATE vitrine.session SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL',
};
const countRated = {
  name: 'count_rated_opens',
  text: 'SELECT count(*) AS opens FROM vitrine.session WHERE kid = $1 AND rated_at > $2',
};
/** Rows that another process is forgetting at this moment are left to it. */
const purge = {
  name: 'purge_sessions',
  text: `DELETE FROM vitrine.session WHERE opened_at < $1 AND seq IN
    (SELECT seq FROM vitrine.session ORDER BY seq LIMIT ${purgeChunk} FOR UPDATE SKIP LOCKED)`,
};

export async function findSession(runner: Runner, id: string): Promise<StoredSession | undefined> {
  const [row] = await runner.rows(find, [id]);
  return row && toSession(row);
}

export async function readClaims(runner: Runner, id: string): Promise<string | undefined> {
  const [row] = await runner.rows(readClaimsOf, [id]);
  return row && text(row, 'claims');
}

export async function touchSession(runner: Runner, id: string, seenAt: number): Promise<void> {
  await runner.run(touch, [id, seenAt]);
}

export function endSession(runner: Runner, id: string, at: number): Promise<boolean> {
  return runner.run(end, [id, at]);
}

export async function countRatedOpens(
  runner: Runner,
  kid: string,
  openedAfter: number,
): Promise<number> {
  const [row = {}] = await runner.rows(countRated, [kid, openedAfter]);
  return integer(row, 'opens');
}

export function purgeSessions(runner: Runner, openedBefore: number): Promise<boolean> {
  return runner.run(purge, [openedBefore]);
}

export async function listSessions(
  runner: Runner,
  { limit, ...filter }: SessionFilter,
): Promise<StoredSession[]> {
  const { name, conditions, values } = liveWhere(filter);
  const statement = {
    name: `list_sessions${name}`,
    text: `${selectSession} ${conditions} ORDER BY s.seq DESC LIMIT $${values.length + 1}`,
  };
  const rows = await runner.rows(statement, [...values, limit]);
  return rows.map(toSession);
}

export async function countSessions(
  runner: Runner,
  filter: Omit<SessionFilter, 'limit'>,
): Promise<number> {
  const { name, conditions, values } = liveWhere(filter);
  const statement = {
    name: `count_sessions${name}`,
    text: `SELECT count(*) AS live
      FROM vitrine.session s JOIN vitrine.configuration c ON c.kid = s.kid ${conditions}`,
  };
  const [row] = await runner.rows(statement, values);
  return row === undefined ? 0 : integer(row, 'live');
}

function liveWhere({ sub, kid, openedAfter, now, idleTimeoutMs }: Omit<SessionFilter, 'limit'>) {
  const chosen = Object.entries({ sub, kid }).filter(([, value]) => value !== undefined);
  const conditions = chosen.map(([column], index) => ` AND s.${column} = $${index + 4}`);
  return {
    name: chosen.map(([column]) => `_by_${column}`).join(''),
    conditions: `${whereLive} ${conditions.join('')}`,
    values: [openedAfter, now, idleTimeoutMs, ...chosen.map(([, value]) => value ?? null)],
  };
}
