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
];
