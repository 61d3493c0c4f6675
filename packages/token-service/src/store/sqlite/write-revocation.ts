import type { Revocation } from '../store.ts';
import type { Statements } from './statements.ts';

/** Which column of a session holds what is revoked. */
const sessionColumns = { jti: 'jti', sub: 'sub', kid: 'kid' } as const;

/** Writes the revocation, or moves the one there is to now, and ends its sessions. Returns how many it ended. */
export function revoke(
  { id, claim, value, kid, revokedAt }: Revocation,
  endSessions: boolean,
  statements: Statements,
): number {
  statements.run(
    `INSERT INTO revocation (id, claim, value, kid, revoked_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET revoked_at = max(revoked_at, excluded.revoked_at)`,
    ...[id, claim, value, kid, revokedAt],
  );
  if (!endSessions) return 0;
  return statements.run(
    `UPDATE session SET ended_at = ?1
     WHERE ${sessionColumns[claim]} = ?2 AND ended_at IS NULL AND (?3 IS NULL OR kid = ?3)`,
    ...[revokedAt, value, kid],
  );
}
