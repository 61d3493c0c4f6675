import { integer, type Row, text } from '../columns.ts';
import { toConfiguration } from '../rows.ts';
import type {
  ConfigurationSettings,
  SignatureSetting,
  StoredConfiguration,
  StoredKey,
} from '../store.ts';
import type { Database, Runner } from './database.ts';

const selectConfiguration = `
  SELECT c.*, (
    SELECT coalesce(jsonb_agg(
        jsonb_build_object('thumbprint', k.thumbprint, 'sealed', k.sealed, 'suite', k.suite,
          'createdAt', k.created_at)
        ORDER BY k.created_at DESC, k.seq DESC
      ), '[]')
    FROM vitrine.configuration_key k WHERE k.kid = c.kid
  ) AS keys
  FROM vitrine.configuration c WHERE c.deleted_at IS NULL`;

const find = { name: 'find_configuration', text: `${selectConfiguration} AND c.kid = $1` };
const list = {
  name: 'list_configurations',
  text: `${selectConfiguration} ORDER BY c.created_at, c.kid`,
};
const create = {
  name: 'create_configuration',
  text: `
    WITH made AS (
      INSERT INTO vitrine.configuration
        (kid, profile, name, enabled, origins, links_allowed, max_token_lifetime_seconds,
         allow_erased_acl, idle_timeout_seconds, created_at, updated_at, end_sessions_at_exp,
         max_sessions, max_sessions_per_subject, signature, max_sessions_per_token,
         max_opens_per_minute)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $15, $16, $17, $18, $19,
        $21)
      RETURNING kid
    )
    INSERT INTO vitrine.configuration_key (thumbprint, kid, sealed, created_at, suite)
    SELECT key.thumbprint, made.kid, key.sealed, key.created_at, key.suite
    FROM made, unnest($12::text[], $13::text[], $14::int8[], $20::text[]) WITH ORDINALITY
      AS key (thumbprint, sealed, created_at, suite, place)
    ORDER BY key.place`,
};
/** $2 holds the changes as JSON, so that a setting left alone differs from one set to null. */
const change = {
  name: 'change_configuration',
  text: `
    UPDATE vitrine.configuration c SET
      name = coalesce(changes.value ->> 'name', c.name),
      enabled = coalesce((changes.value ->> 'enabled')::boolean, c.enabled),
      origins = coalesce(changes.value -> 'origins', c.origins),
      links_allowed = coalesce((changes.value ->> 'linksAllowed')::boolean, c.links_allowed),
      allow_erased_acl = coalesce((changes.value ->> 'allowErasedAcl')::boolean, c.allow_erased_acl),
      max_token_lifetime_seconds = CASE WHEN changes.value ? 'maxTokenLifetimeSeconds'
        THEN (changes.value ->> 'maxTokenLifetimeSeconds')::int8
        ELSE c.max_token_lifetime_seconds END,
      idle_timeout_seconds = CASE WHEN changes.value ? 'idleTimeoutSeconds'
        THEN (changes.value ->> 'idleTimeoutSeconds')::int8
        ELSE c.idle_timeout_seconds END,
      end_sessions_at_exp =
        coalesce((changes.value ->> 'endSessionsAtExp')::boolean, c.end_sessions_at_exp),
      max_sessions = CASE WHEN changes.value ? 'maxSessions'
        THEN (changes.value ->> 'maxSessions')::int8 ELSE c.max_sessions END,
      max_sessions_per_subject = CASE WHEN changes.value ? 'maxSessionsPerSubject'
        THEN (changes.value ->> 'maxSessionsPerSubject')::int8
        ELSE c.max_sessions_per_subject END,
      max_sessions_per_token = CASE WHEN changes.value ? 'maxSessionsPerToken'
        THEN (changes.value ->> 'maxSessionsPerToken')::int8
        ELSE c.max_sessions_per_token END,
      max_opens_per_minute = CASE WHEN changes.value ? 'maxOpensPerMinute'
        THEN (changes.value ->> 'maxOpensPerMinute')::int8 ELSE c.max_opens_per_minute END,
      signature = CASE WHEN changes.value ? 'signature'
        THEN nullif(changes.value -> 'signature', 'null') ELSE c.signature END,
      updated_at = $3
    FROM (SELECT $2::jsonb AS value) changes
    WHERE c.kid = $1 AND c.deleted_at IS NULL`,
};
const markDeleted = {
  name: 'delete_configuration',
  text: `UPDATE vitrine.configuration SET deleted_at = $2 WHERE kid = $1 AND deleted_at IS NULL`,
};
const deleteKeys = {
  name: 'delete_keys',
  text: 'DELETE FROM vitrine.configuration_key WHERE kid = $1',
};
/** A statement of its own after the configuration's row is locked: so it sees every session opened before. */
const endSessions = {
  name: 'end_sessions_of_configuration',
  text: 'UPDATE vitrine.session SET ended_at = $2 WHERE kid = $1 AND ended_at IS NULL',
};

export async function findConfiguration(
  runner: Runner,
  kid: string,
): Promise<StoredConfiguration | undefined> {
  const [row] = await runner.rows(find, [kid]);
  return row && fromRow(row);
}

export async function listConfigurations(runner: Runner): Promise<StoredConfiguration[]> {
  return (await runner.rows(list, [])).map(fromRow);
}

export async function createConfiguration(
  runner: Runner,
  { kid, profile, createdAt, updatedAt, keys, ...settings }: StoredConfiguration,
): Promise<void> {
  await runner.run(create, [
    ...[kid, profile, settings.name, settings.enabled, JSON.stringify(settings.origins)],
    ...[settings.linksAllowed, settings.maxTokenLifetimeSeconds, settings.allowErasedAcl],
    ...[settings.idleTimeoutSeconds, createdAt, updatedAt],
    keys.map(({ thumbprint }) => thumbprint),
    keys.map(({ sealed }) => sealed),
    keys.map((key) => key.createdAt),
    ...[settings.endSessionsAtExp, settings.maxSessions, settings.maxSessionsPerSubject],
    settings.signature && JSON.stringify(settings.signature),
    settings.maxSessionsPerToken,
    keys.map(({ suite }) => suite),
    settings.maxOpensPerMinute,
  ]);
}

export async function changeConfiguration(
  database: Database,
  { kid, changes, at }: { kid: string; changes: Partial<ConfigurationSettings>; at: number },
): Promise<boolean> {
  return await database.transaction(async (runner) => {
    const isChanged = await runner.run(change, [kid, JSON.stringify(changes), at]);
    if (isChanged && changes.enabled === false) await runner.run(endSessions, [kid, at]);
    return isChanged;
  });
}

export async function deleteConfiguration(
  database: Database,
  { kid, at }: { kid: string; at: number },
): Promise<boolean> {
  return await database.transaction(async (runner) => {
    const isDeleted = await runner.run(markDeleted, [kid, at]);
    if (isDeleted) {
      await runner.run(deleteKeys, [kid]);
      await runner.run(endSessions, [kid, at]);
    }
    return isDeleted;
  });
}

function fromRow(row: Row): StoredConfiguration {
  return toConfiguration(row, {
    origins: listOf(row.origins).map(String),
    signature: toSignature(row.signature),
    keys: listOf(row.keys).map(toKey),
  });
}

function toKey(value: unknown): StoredKey {
  const row: Row = { ...Object(value) };
  return {
    thumbprint: text(row, 'thumbprint'),
    sealed: text(row, 'sealed'),
    suite: text(row, 'suite'),
    createdAt: integer(row, 'createdAt'),
  };
}

/** Written by this service after its check. */
function toSignature(value: unknown): SignatureSetting | null {
  return typeof value === 'object' && value !== null ? (value as SignatureSetting) : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
