import { toRevocation } from '../rows.ts';
import type { Revocation } from '../store.ts';
import type { Database, Runner } from './database.ts';

/** Opens hold a share of their configuration until they commit: they come before the revocation, or see it. */
const lockOpens = {
  name: 'lock_opens',
  text: `SELECT kid FROM vitrine.configuration WHERE $1::text IS NULL OR kid = $1
    ORDER BY kid FOR NO KEY UPDATE`,
};
const write = {
  name: 'write_revocation',
  text: `INSERT INTO vitrine.revocation AS kept (id, claim, value, kid, revoked_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (id) DO UPDATE SET revoked_at = greatest(kept.revoked_at, excluded.revoked_at)`,
};
const list = {
  name: 'list_revocations',
  text: 'SELECT * FROM vitrine.revocation ORDER BY revoked_at DESC, id LIMIT $1',
};
const remove = { name: 'delete_revocation', text: 'DELETE FROM vitrine.revocation WHERE id = $1' };
const purgeUses = {
  name: 'purge_token_uses',
  text: 'DELETE FROM vitrine.token_use WHERE expires_at < $1',
};

const endSessions = (claim: Revocation['claim']) => ({
  name: `end_sessions_by_${claim}`,
  text: `UPDATE vitrine.session SET ended_at = $1
    WHERE ${claim} = $2 AND ended_at IS NULL AND ($3::text IS NULL OR kid = $3) RETURNING id`,
});

export async function revoke(
  database: Database,
  { id, claim, value, kid, revokedAt }: Revocation,
  shouldEnd: boolean,
): Promise<number> {
  return await database.transaction(async (runner) => {
    await runner.run(lockOpens, [claim === 'kid' ? value : kid]);
    await runner.run(write, [id, claim, value, kid, revokedAt]);
    if (!shouldEnd) return 0;
    return (await runner.rows(endSessions(claim), [revokedAt, value, kid])).length;
  });
}

export async function listRevocations(runner: Runner, limit: number): Promise<Revocation[]> {
  return (await runner.rows(list, [limit])).map(toRevocation);
}

export function deleteRevocation(runner: Runner, id: string): Promise<boolean> {
  return runner.run(remove, [id]);
}

export async function purgeTokenUses(runner: Runner, expiredBefore: number): Promise<void> {
  await runner.run(purgeUses, [expiredBefore]);
}
