import type { ClientBase } from 'pg';
import { EngineError } from '../engine-error.ts';

/** What matters about a server and the role that we have there. */
export interface ServerFacts {
  /** As `server_version_num` has it: 150014 is 15.14. */
  readonly version: number;
  readonly encoding: string;
  readonly hasIcu: boolean;
  readonly isStandby: boolean;
  /** Of the role itself, and of every role that it could take. */
  readonly isSuperuser: boolean;
  readonly bypassesRls: boolean;
  readonly reachesFiles: boolean;
  readonly ownsTables: boolean;
  readonly mayWrite: boolean;
}

/** The first minor version of each major one without known ways around row security and privileges (CVE-2025-8713 and before). */
const floors: Readonly<Record<number, number>> = { 15: 14, 16: 10, 17: 6 };

/** What stands against a server or a role; undefined where nothing does. */
export function faultOf(facts: ServerFacts): string | undefined {
  const major = Math.floor(facts.version / 10_000);
  const floor = floors[major] ?? (major > 17 ? 0 : Number.POSITIVE_INFINITY);
  if (facts.version % 10_000 < floor) {
    return 'The server is too old: 15.14, 16.10, 17.6 or a later version of these is needed.';
  }
  if (facts.encoding !== 'UTF8') return 'The database has another encoding than UTF8.';
  if (!facts.hasIcu) return 'The server has no ICU collations.';
  if (facts.isSuperuser) return 'The role is, or can become, a superuser.';
  if (facts.bypassesRls) return 'The role has, or can take, BYPASSRLS.';
  if (facts.reachesFiles) return 'The role may read or write files of the server, or run programs.';
  if (facts.ownsTables) return 'The role owns tables, so that row security does not bind it.';
  if (facts.mayWrite && !facts.isStandby) return 'The role may write to tables.';
  return undefined;
}

const roleFacts = `
  SELECT bool_or(rolsuper) AS "isSuperuser", bool_or(rolbypassrls) AS "bypassesRls",
    bool_or(rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')) AS "reachesFiles"
  FROM pg_roles WHERE pg_has_role(session_user, oid, 'MEMBER')`;

const tableFacts = `
  SELECT coalesce(bool_or(pg_has_role(session_user, relowner, 'MEMBER')), false) AS "ownsTables",
    coalesce(bool_or(has_table_privilege(session_user, pg_class.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')), false) AS "mayWrite"
  FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
  WHERE relkind IN ('r', 'p', 'f', 'v', 'm') AND nspname !~ '^pg_' AND nspname <> 'information_schema'`;

/** Refuses a server that is too old and a role that may do more than read. Code `source_unavailable`. */
export async function checkServer(client: ClientBase): Promise<void> {
  const { rows } = await client.query<ServerFacts>(`
    SELECT CAST(current_setting('server_version_num') AS integer) AS version,
      current_setting('server_encoding') AS encoding,
      EXISTS (SELECT FROM pg_collation WHERE collname = 'und-x-icu') AS "hasIcu",
      pg_is_in_recovery() AS "isStandby", role.*, tables.*
    FROM (${roleFacts}) AS role, (${tableFacts}) AS tables`);
  const [facts] = rows;
  const fault = facts === undefined ? 'The server says nothing of itself.' : faultOf(facts);
  if (fault !== undefined) throw new EngineError('source_unavailable', fault);
}
