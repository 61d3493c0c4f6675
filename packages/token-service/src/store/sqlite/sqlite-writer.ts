import { DatabaseSync } from 'node:sqlite';
import { bucketOf } from '../../usage/bucket.ts';
import type {
  ConfigurationSettings,
  LiveBounds,
  NewSession,
  OpenOutcome,
  StoredConfiguration,
} from '../store.ts';
import { migrate } from './migrations.ts';
import { Statements, type Value } from './statements.ts';
import type { Write, WriteOutcome } from './write.ts';
import { refusalOf } from './write-admission.ts';
import { addKey, insertKey, resealKeys, retireKeys } from './write-keys.ts';
import { revoke } from './write-revocation.ts';

const purgeChunk = 500;

const settingColumns: Readonly<Record<keyof ConfigurationSettings, string>> = {
  name: 'name',
  enabled: 'enabled',
  origins: 'origins',
  linksAllowed: 'links_allowed',
  maxTokenLifetimeSeconds: 'max_token_lifetime_seconds',
  allowErasedAcl: 'allow_erased_acl',
  idleTimeoutSeconds: 'idle_timeout_seconds',
  endSessionsAtExp: 'end_sessions_at_exp',
  maxSessions: 'max_sessions',
  maxSessionsPerSubject: 'max_sessions_per_subject',
  maxSessionsPerToken: 'max_sessions_per_token',
  maxOpensPerMinute: 'max_opens_per_minute',
  signature: 'signature',
};

function settingValue(value: ConfigurationSettings[keyof ConfigurationSettings]) {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  return value;
}

/** Opens per configuration and bucket of one batch, so that each counter is written once. */
type Counts = Map<string, { kid: string; bucket: number; opens: number; lastUsed: number }>;

/**
 * The only writer of the state file within a process: applies a batch of writes in one
 * transaction. Synchronous; it lives in a thread of its own.
 */
export class SqliteWriter {
  readonly #database: DatabaseSync;
  readonly #statements: Statements;

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { timeout: 5000 });
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    // A deleted key leaves no bytes behind in free pages.
    this.#database.exec('PRAGMA secure_delete = ON');
    // 16 MB of log between checkpoints: the pages that every commit touches are copied less often.
    this.#database.exec('PRAGMA wal_autocheckpoint = 4000');
    migrate(this.#database);
    this.#statements = new Statements(this.#database);
  }

  /** One answer a write. Throws and changes nothing when the commit fails. */
  apply(writes: readonly Write[]): WriteOutcome[] {
    const counts: Counts = new Map();
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      const outcomes = writes.map((write) => this.#apply(write, counts));
      for (const { kid, bucket, opens, lastUsed } of counts.values()) {
        this.#run(
          `INSERT INTO usage_bucket (kid, bucket, opens, last_used) VALUES (?, ?, ?, ?)
           ON CONFLICT (kid, bucket) DO UPDATE SET
             opens = opens + excluded.opens, last_used = max(last_used, excluded.last_used)`,
          kid,
          bucket,
          opens,
          lastUsed,
        );
      }
      this.#database.exec('COMMIT');
      return outcomes;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      throw error;
    }
  }

  close(): void {
    this.#database.close();
  }

  #apply(write: Write, counts: Counts): WriteOutcome {
    switch (write.kind) {
      case 'open':
        return this.#open(write.session, write.live, counts);
      case 'touch':
        return this.#run(
          'UPDATE session SET seen_at = max(seen_at, ?) WHERE id = ?',
          write.seenAt,
          write.id,
        );
      case 'end':
        return this.#run(
          'UPDATE session SET ended_at = ? WHERE id = ? AND ended_at IS NULL',
          write.at,
          write.id,
        );
      case 'create':
        return this.#create(write.configuration);
      case 'change':
        return this.#change(write.kid, write.changes, write.at);
      case 'delete':
        return this.#delete(write.kid, write.at);
      case 'addKey':
        return addKey(write.kid, write.key, this.#statements);
      case 'retireKeys':
        return retireKeys(write.kid, this.#statements);
      case 'reseal':
        return resealKeys(write.keys, write.check, this.#statements);
      case 'revoke':
        return revoke(write.revocation, write.endSessions, this.#statements);
      case 'deleteRevocation':
        return this.#run('DELETE FROM revocation WHERE id = ?', write.id);
      case 'purgeTokenUses':
        return this.#run('DELETE FROM token_use WHERE expires_at < ?', write.expiredBefore);
      case 'purge':
        return this.#run(
          `DELETE FROM session WHERE opened_at < ? AND rowid IN
             (SELECT rowid FROM session ORDER BY rowid LIMIT ${purgeChunk})`,
          write.openedBefore,
        );
      case 'masterKeyCheck':
        return this.#run(
          'INSERT INTO master_key_check (only_row, sealed) VALUES (1, ?) ON CONFLICT DO NOTHING',
          write.value,
        );
    }
  }

  #open(session: NewSession, live: LiveBounds, counts: Counts): OpenOutcome {
    const refusal = refusalOf(session, live, this.#statements);
    if (refusal !== undefined) return refusal;
    const { id, kid, sub, tokenDigest, timeZone, theme, language, openedAt } = session;
    this.#statements.run(
      `INSERT INTO session
         (id, kid, sub, token_digest, time_zone, theme, language, opened_at, seen_at, jti,
          expires_at, claims, rated_at)
       SELECT ?1, kid, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9, ?10, ?11,
         iif(max_opens_per_minute IS NULL, NULL, ?8)
       FROM configuration WHERE kid = ?2`,
      ...[id, kid, sub, tokenDigest, timeZone, theme, language, openedAt],
      ...[session.jti, session.expiresAt, session.claims],
    );
    const bucket = bucketOf(openedAt);
    const key = `${kid} ${bucket}`;
    const count = counts.get(key) ?? { kid, bucket, opens: 0, lastUsed: 0 };
    count.opens += 1;
    count.lastUsed = Math.max(count.lastUsed, openedAt);
    counts.set(key, count);
    return 'opened';
  }

  #create({ kid, profile, createdAt, updatedAt, keys, ...settings }: StoredConfiguration): boolean {
    const names = Object.keys(settingColumns) as (keyof ConfigurationSettings)[];
    const columns = names.map((name) => settingColumns[name]);
    this.#run(
      `INSERT INTO configuration (kid, profile, created_at, updated_at, ${columns.join(', ')})
       VALUES (?, ?, ?, ?${', ?'.repeat(columns.length)})`,
      ...[kid, profile, createdAt, updatedAt],
      ...names.map((name) => settingValue(settings[name])),
    );
    for (const key of keys) insertKey(kid, key, this.#statements);
    return true;
  }

  #change(kid: string, changes: Partial<ConfigurationSettings>, at: number): boolean {
    const assignments: string[] = ['updated_at = ?'];
    const values: Value[] = [at];
    for (const [setting, column] of Object.entries(settingColumns)) {
      const value = changes[setting as keyof ConfigurationSettings];
      if (value === undefined) continue;
      assignments.push(`${column} = ?`);
      values.push(settingValue(value));
    }
    const changed = this.#run(
      `UPDATE configuration SET ${assignments.join(', ')} WHERE kid = ? AND deleted_at IS NULL`,
      ...values,
      kid,
    );
    if (changed && changes.enabled === false) this.#endSessionsOf(kid, at);
    return changed;
  }

  #delete(kid: string, at: number): boolean {
    const deleted = this.#run(
      'UPDATE configuration SET deleted_at = ? WHERE kid = ? AND deleted_at IS NULL',
      at,
      kid,
    );
    if (deleted) {
      this.#run('DELETE FROM configuration_key WHERE kid = ?', kid);
      this.#endSessionsOf(kid, at);
    }
    return deleted;
  }

  #endSessionsOf(kid: string, at: number): void {
    this.#run('UPDATE session SET ended_at = ? WHERE kid = ? AND ended_at IS NULL', at, kid);
  }

  #run(sql: string, ...values: readonly Value[]): boolean {
    return this.#statements.run(sql, ...values) > 0;
  }
}
