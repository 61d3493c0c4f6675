/** The schema's history. Entry n brings the version from n to n + 1; entries never change. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE vitrine.configuration (
    kid text COLLATE "C" PRIMARY KEY,
    name text NOT NULL,
    profile text NOT NULL CHECK (profile IN ('compatible', 'strict')),
    enabled boolean NOT NULL,
    origins jsonb NOT NULL,
    links_allowed boolean NOT NULL,
    max_token_lifetime_seconds int8,
    allow_erased_acl boolean NOT NULL,
    idle_timeout_seconds int8,
    created_at int8 NOT NULL,
    updated_at int8 NOT NULL,
    deleted_at int8
  );

  CREATE TABLE vitrine.configuration_key (
    thumbprint text COLLATE "C" PRIMARY KEY,
    kid text COLLATE "C" NOT NULL REFERENCES vitrine.configuration (kid),
    sealed text NOT NULL,
    seq int8 GENERATED ALWAYS AS IDENTITY
  );
  CREATE INDEX configuration_key_kid ON vitrine.configuration_key (kid);

  CREATE TABLE vitrine.session (
    seq int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id text COLLATE "C" NOT NULL UNIQUE,
    kid text COLLATE "C" NOT NULL REFERENCES vitrine.configuration (kid),
    sub text COLLATE "C" NOT NULL,
    token_digest text NOT NULL,
    time_zone text NOT NULL,
    theme text,
    language text,
    opened_at int8 NOT NULL,
    seen_at int8 NOT NULL,
    ended_at int8,
    claims text NOT NULL
  ) WITH (fillfactor = 90);
  CREATE INDEX session_live_kid ON vitrine.session (kid) WHERE ended_at IS NULL;
  CREATE INDEX session_live_sub ON vitrine.session (sub) WHERE ended_at IS NULL;

  CREATE TABLE vitrine.usage_bucket (
    kid text COLLATE "C" NOT NULL REFERENCES vitrine.configuration (kid),
    bucket int8 NOT NULL,
    opens int8 NOT NULL,
    last_used int8 NOT NULL,
    PRIMARY KEY (kid, bucket)
  ) WITH (fillfactor = 50);

  CREATE TABLE vitrine.master_key_check (
    only_row int4 PRIMARY KEY CHECK (only_row = 1),
    sealed text NOT NULL
  );
  `,
  `
  ALTER TABLE vitrine.configuration
    ADD COLUMN signature jsonb,
    ADD COLUMN end_sessions_at_exp boolean NOT NULL DEFAULT false,
    ADD COLUMN max_sessions int8,
    ADD COLUMN max_sessions_per_subject int8;

  ALTER TABLE vitrine.configuration_key ADD COLUMN created_at int8;
  UPDATE vitrine.configuration_key k SET created_at = c.created_at
    FROM vitrine.configuration c WHERE c.kid = k.kid;
  ALTER TABLE vitrine.configuration_key ALTER COLUMN created_at SET NOT NULL;

  ALTER TABLE vitrine.session ADD COLUMN jti text COLLATE "C", ADD COLUMN expires_at int8;
  DROP INDEX vitrine.session_live_sub;
  CREATE INDEX session_live_sub ON vitrine.session (sub, kid) WHERE ended_at IS NULL;
  CREATE INDEX session_live_jti ON vitrine.session (jti) WHERE ended_at IS NULL AND jti IS NOT NULL;

  CREATE TABLE vitrine.token_use (
    kid text COLLATE "C" NOT NULL REFERENCES vitrine.configuration (kid),
    jti text COLLATE "C" NOT NULL,
    sessions int8 NOT NULL,
    expires_at int8,
    PRIMARY KEY (kid, jti)
  );
  CREATE INDEX token_use_expires_at ON vitrine.token_use (expires_at);

  CREATE TABLE vitrine.revocation (
    id text COLLATE "C" PRIMARY KEY,
    claim text NOT NULL CHECK (claim IN ('jti', 'sub', 'kid')),
    value text COLLATE "C" NOT NULL,
    kid text COLLATE "C",
    revoked_at int8 NOT NULL
  );
  CREATE INDEX revocation_value ON vitrine.revocation (value, claim);
  `,
  'ALTER TABLE vitrine.configuration ADD COLUMN max_sessions_per_token int8',
  `ALTER TABLE vitrine.configuration_key
    ADD COLUMN suite text NOT NULL DEFAULT 'RSA-OAEP-256/A128GCM'`,
  `
  ALTER TABLE vitrine.configuration ADD COLUMN max_opens_per_minute int8;
  ALTER TABLE vitrine.session ADD COLUMN rated_at int8;
  CREATE INDEX session_rated ON vitrine.session (kid, rated_at) WHERE rated_at IS NOT NULL;
  `,
];
