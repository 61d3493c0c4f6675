import type { DatabaseSync } from 'node:sqlite';
import { StateError } from '../../state-error.ts';

/** The schema's history. Entry n brings `user_version` from n to n + 1; entries never change. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE configuration (
    kid TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    profile TEXT NOT NULL CHECK (profile IN ('compatible', 'strict')),
    enabled INTEGER NOT NULL,
    origins TEXT NOT NULL,
    links_allowed INTEGER NOT NULL,
    max_token_lifetime_seconds INTEGER,
    allow_erased_acl INTEGER NOT NULL,
    idle_timeout_seconds INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER
  ) STRICT;

  CREATE TABLE configuration_key (
    thumbprint TEXT PRIMARY KEY,
    kid TEXT NOT NULL REFERENCES configuration (kid),
    sealed TEXT NOT NULL
  ) STRICT;
  CREATE INDEX configuration_key_kid ON configuration_key (kid);

  CREATE TABLE session (
    id TEXT NOT NULL UNIQUE,
    kid TEXT NOT NULL REFERENCES configuration (kid),
    sub TEXT NOT NULL,
    token_digest TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    theme TEXT,
    language TEXT,
    opened_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    ended_at INTEGER,
    claims TEXT NOT NULL
  ) STRICT;
  CREATE INDEX session_live_kid ON session (kid) WHERE ended_at IS NULL;
  CREATE INDEX session_live_sub ON session (sub) WHERE ended_at IS NULL;

  CREATE TABLE usage_bucket (
    kid TEXT NOT NULL REFERENCES configuration (kid),
    bucket INTEGER NOT NULL,
    opens INTEGER NOT NULL,
    last_used INTEGER NOT NULL,
    PRIMARY KEY (kid, bucket)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE master_key_check (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    sealed TEXT NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE configuration ADD COLUMN signature TEXT;
  ALTER TABLE configuration ADD COLUMN end_sessions_at_exp INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE configuration ADD COLUMN max_sessions INTEGER;
  ALTER TABLE configuration ADD COLUMN max_sessions_per_subject INTEGER;

  ALTER TABLE configuration_key ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
  UPDATE configuration_key SET created_at =
    (SELECT c.created_at FROM configuration c WHERE c.kid = configuration_key.kid);

  ALTER TABLE session ADD COLUMN jti TEXT;
  ALTER TABLE session ADD COLUMN expires_at INTEGER;
  DROP INDEX session_live_kid;
  DROP INDEX session_live_sub;
  CREATE INDEX session_live_kid ON session (kid, seen_at) WHERE ended_at IS NULL;
  CREATE INDEX session_live_sub ON session (sub, kid, seen_at) WHERE ended_at IS NULL;
  CREATE INDEX session_live_jti ON session (jti) WHERE ended_at IS NULL AND jti IS NOT NULL;

  CREATE TABLE token_use (
    kid TEXT NOT NULL REFERENCES configuration (kid),
    jti TEXT NOT NULL,
    sessions INTEGER NOT NULL,
    expires_at INTEGER,
    PRIMARY KEY (kid, jti)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX token_use_expires_at ON token_use (expires_at) WHERE expires_at IS NOT NULL;

  CREATE TABLE revocation (
    id TEXT PRIMARY KEY,
    claim TEXT NOT NULL CHECK (claim IN ('jti', 'sub', 'kid')),
    value TEXT NOT NULL,
    kid TEXT,
    revoked_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX revocation_value ON revocation (value, claim);
  `,
  'ALTER TABLE configuration ADD COLUMN max_sessions_per_token INTEGER',
  "ALTER TABLE configuration_key ADD COLUMN suite TEXT NOT NULL DEFAULT 'RSA-OAEP-256/A128GCM'",
  `
  ALTER TABLE configuration ADD COLUMN max_opens_per_minute INTEGER;
  ALTER TABLE session ADD COLUMN rated_at INTEGER;
  CREATE INDEX session_rated ON session (kid, rated_at) WHERE rated_at IS NOT NULL;
  `,
];

/** Brings the file to this release's schema. Throws `StateError` `state_too_new`. */
export function migrate(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    if (version > migrations.length) {
      throw new StateError(
        'state_too_new',
        'The state was written by a newer release of Vitrine. Start that release, or restore an older copy.',
      );
    }
    for (const statements of migrations.slice(version)) database.exec(statements);
    database.exec(`PRAGMA user_version = ${migrations.length}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
