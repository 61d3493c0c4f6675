import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { integer, integerOrNull, type Row, text, textOrNull } from '../columns.ts';
import { toConfiguration, toRevocation, toSession } from '../rows.ts';
import type {
  Revocation,
  SessionFilter,
  StoredConfiguration,
  StoredKey,
  StoredSession,
  StoredUsage,
} from '../store.ts';

const selectSession = `
  SELECT s.id, s.kid, s.sub, s.token_digest, s.time_zone, s.theme, s.language, s.opened_at, s.seen_at,
    coalesce(s.ended_at, c.deleted_at, iif(c.enabled, NULL, c.updated_at)) AS ended_at,
    s.expires_at, c.profile, c.allow_erased_acl, c.idle_timeout_seconds, c.end_sessions_at_exp
  FROM session s JOIN configuration c ON c.kid = s.kid`;

const whereLive = `
  WHERE s.ended_at IS NULL AND c.deleted_at IS NULL AND c.enabled = 1
    AND s.opened_at > :openedAfter
    AND s.seen_at > :now - coalesce(c.idle_timeout_seconds * 1000, :idleTimeoutMs)
    AND (c.end_sessions_at_exp = 0 OR s.expires_at IS NULL OR s.expires_at > :now)`;

/**
 * Reads the state file. In WAL mode a reader never waits for the writer, and a read by key takes
 * some microseconds, so it may run on the main thread.
 */
export class SqliteReader {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { readOnly: true, timeout: 5000 });
  }

  configuration(kid: string): StoredConfiguration | undefined {
    const row = this.#prepare(
      'SELECT * FROM configuration WHERE kid = ? AND deleted_at IS NULL',
    ).get(kid);
    return row === undefined ? undefined : this.#fromRow(row);
  }

  configurations(): StoredConfiguration[] {
    return this.#prepare(
      'SELECT * FROM configuration WHERE deleted_at IS NULL ORDER BY created_at, kid',
    )
      .all()
      .map((row) => this.#fromRow(row));
  }

  session(id: string): StoredSession | undefined {
    const row = this.#prepare(`${selectSession} WHERE s.id = ?`).get(id);
    return row === undefined ? undefined : toSession(row);
  }

  claims(id: string): string | undefined {
    const row = this.#prepare('SELECT claims FROM session WHERE id = ?').get(id);
    return row === undefined ? undefined : text(row, 'claims');
  }

  sessions({ limit, ...filter }: SessionFilter): StoredSession[] {
    const { where, values } = whereOf(filter);
    return this.#prepare(`${selectSession} ${where} ORDER BY s.rowid DESC LIMIT :limit`)
      .all({ ...values, limit })
      .map(toSession);
  }

  countSessions(filter: Omit<SessionFilter, 'limit'>): number {
    const { where, values } = whereOf(filter);
    const row = this.#prepare(
      `SELECT count(*) AS live FROM session s JOIN configuration c ON c.kid = s.kid ${where}`,
    ).get(values);
    return row === undefined ? 0 : integer(row, 'live');
  }

  ratedOpens(kid: string, openedAfter: number): number {
    const row = this.#prepare(
      'SELECT count(*) AS opens FROM session WHERE kid = ? AND rated_at > ?',
    ).get(kid, openedAfter);
    return row === undefined ? 0 : integer(row, 'opens');
  }

  usage(kid: string, sinceBucket: number): StoredUsage {
    const row = this.#prepare(
      `SELECT max(last_used) AS last_used, total(opens) AS total,
         total(opens) FILTER (WHERE bucket >= ?) AS since
       FROM usage_bucket WHERE kid = ?`,
    ).get(sinceBucket, kid);
    if (row === undefined) return { lastUsed: null, total: 0, since: 0 };
    return {
      lastUsed: integerOrNull(row, 'last_used'),
      total: integer(row, 'total'),
      since: integer(row, 'since'),
    };
  }

  revocations(limit: number): Revocation[] {
    return this.#prepare('SELECT * FROM revocation ORDER BY revoked_at DESC, id LIMIT ?')
      .all(limit)
      .map(toRevocation);
  }

  masterKeyCheck(): string | undefined {
    const row = this.#prepare('SELECT sealed FROM master_key_check').get();
    return row === undefined ? undefined : text(row, 'sealed');
  }

  close(): void {
    this.#database.close();
  }

  #fromRow(row: Row): StoredConfiguration {
    const kid = text(row, 'kid');
    const keys = this.#prepare(
      `SELECT thumbprint, sealed, suite, created_at FROM configuration_key
       WHERE kid = ? ORDER BY created_at DESC, rowid DESC`,
    )
      .all(kid)
      .map(
        (key): StoredKey => ({
          thumbprint: text(key, 'thumbprint'),
          sealed: text(key, 'sealed'),
          suite: text(key, 'suite'),
          createdAt: integer(key, 'created_at'),
        }),
      );
    const signature = textOrNull(row, 'signature');
    return toConfiguration(row, {
      origins: JSON.parse(text(row, 'origins')),
      signature: signature === null ? null : JSON.parse(signature),
      keys,
    });
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

function whereOf({ sub, kid, ...values }: Omit<SessionFilter, 'limit'>) {
  const chosen: Record<string, SQLInputValue> = {
    ...(sub === undefined ? {} : { sub }),
    ...(kid === undefined ? {} : { kid }),
  };
  const conditions = Object.keys(chosen).map((column) => ` AND s.${column} = :${column}`);
  return { where: `${whereLive}${conditions.join('')}`, values: { ...values, ...chosen } };
}
