import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { expect } from 'vitest';

/** What the state says of opens, read past the service. */
export interface StoredOpens {
  /** Ids of the session rows. */
  readonly ids: readonly string[];
  /** Sum of the counters. */
  readonly counted: number;
}

const selectIds = 'SELECT id FROM ';
const sumCounters = 'SELECT coalesce(sum(opens), 0) AS counted FROM ';

/** Reads the state file, and expects it to be sound. */
export function readSqliteOpens(stateDir: string): StoredOpens {
  const database = new DatabaseSync(join(stateDir, 'state.sqlite'));
  try {
    expect(database.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
    return {
      ids: database
        .prepare(`${selectIds}session`)
        .all()
        .map(({ id }) => String(id)),
      counted: Number(database.prepare(`${sumCounters}usage_bucket`).get()?.counted),
    };
  } finally {
    database.close();
  }
}

export async function readPostgresOpens(url: string): Promise<StoredOpens> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const sessions = await client.query<{ id: string }>(`${selectIds}vitrine.session`);
  const counters = await client.query<{ counted: string }>(`${sumCounters}vitrine.usage_bucket`);
  await client.end();
  return { ids: sessions.rows.map(({ id }) => id), counted: Number(counters.rows[0]?.counted) };
}

/**
 * Every acknowledged open has its row, no row is double, the counters agree with the rows, and there
 * is no row that nobody asked for.
 */
export function expectExact(
  { ids, counted }: StoredOpens,
  load: { readonly acknowledged: readonly string[]; readonly unanswered: number },
): void {
  const rows = new Set(ids);
  const lost = load.acknowledged.filter((token) => !rows.has(idOf(token)));
  expect(lost).toEqual([]);
  expect(new Set(load.acknowledged).size).toBe(load.acknowledged.length);
  expect(rows.size).toBe(ids.length);
  expect(counted).toBe(ids.length);
  expect(ids.length - load.acknowledged.length).toBeLessThanOrEqual(load.unanswered);
}

/** As the service stores it: nine characters of time, then the hash. */
function idOf(webSessionToken: string): string {
  const hash = createHash('sha256').update(webSessionToken).digest('base64url');
  return webSessionToken.slice(0, 9) + hash;
}
