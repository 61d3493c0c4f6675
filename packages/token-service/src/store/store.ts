import type { Profile } from '@vitrine/claims';

/** What an administrator may set and change on a configuration. */
export interface ConfigurationSettings {
  readonly name: string;
  readonly enabled: boolean;
  /** Exact origins, or `https://*.example.com`; none: nobody may frame the viewer. */
  readonly origins: readonly string[];
  readonly linksAllowed: boolean;
  /** Seconds; `null`: no limit. */
  readonly maxTokenLifetimeSeconds: number | null;
  readonly allowErasedAcl: boolean;
  /** Seconds; `null`: the service's own. */
  readonly idleTimeoutSeconds: number | null;
}

/** A private key as it rests: sealed with the master key, known by its public half's thumbprint. */
export interface StoredKey {
  /** SHA-256 of the SPKI, base64url. */
  readonly thumbprint: string;
  readonly sealed: string;
}

/** A configuration as it rests. Times are UTC milliseconds. */
export interface StoredConfiguration extends ConfigurationSettings {
  readonly kid: string;
  readonly profile: Profile;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly keys: readonly StoredKey[];
}

/** A session to be opened. `id` is the hash of the secret the client holds. */
export interface NewSession {
  readonly id: string;
  readonly kid: string;
  readonly sub: string;
  /** SHA-256 over the token's decoded bytes, base64url. */
  readonly tokenDigest: string;
  /** The checked claims, as JSON. */
  readonly claims: string;
  readonly timeZone: string;
  readonly theme: string | null;
  readonly language: string | null;
  /** UTC milliseconds; the open is counted in this moment's usage bucket. */
  readonly openedAt: number;
}

/** A session and what its configuration says now; the claims are read apart, they can be long. */
export interface StoredSession extends Omit<NewSession, 'claims'> {
  readonly seenAt: number;
  readonly endedAt: number | null;
  readonly profile: Profile;
  readonly allowErasedAcl: boolean;
  readonly idleTimeoutSeconds: number | null;
}

/** Which live sessions a list shows. */
export interface SessionFilter {
  readonly sub?: string;
  readonly kid?: string;
  readonly openedAfter: number;
  /** Now; a session counts as idle by its configuration's time-out, else by `idleTimeoutMs`. */
  readonly now: number;
  readonly idleTimeoutMs: number;
  readonly limit: number;
}

/** Opens of one configuration. */
export interface StoredUsage {
  /** UTC milliseconds; `null`: never used. */
  readonly lastUsed: number | null;
  readonly total: number;
  /** Opens in the asked bucket and later. */
  readonly since: number;
}

/**
 * Where configurations, sessions and counters rest. Every write has reached the disk when its
 * promise resolves. Every read sees the writes that any process has finished.
 * Throws `StateError` `store_unavailable`.
 */
export interface Store {
  createConfiguration(configuration: StoredConfiguration): Promise<void>;
  findConfiguration(kid: string): Promise<StoredConfiguration | undefined>;
  listConfigurations(): Promise<readonly StoredConfiguration[]>;
  /** False: there is none. Disabling ends the configuration's sessions in the same transaction. */
  changeConfiguration(
    kid: string,
    changes: Partial<ConfigurationSettings>,
    at: number,
  ): Promise<boolean>;
  /** False: there is none. Destroys its keys and ends its sessions; the counters stay. */
  deleteConfiguration(kid: string, at: number): Promise<boolean>;

  /** Session row and counter in one transaction. False: the configuration is not in service. */
  openSession(session: NewSession): Promise<boolean>;
  findSession(id: string): Promise<StoredSession | undefined>;
  readClaims(id: string): Promise<string | undefined>;
  touchSession(id: string, seenAt: number): Promise<void>;
  /** False: there is none, or it has ended before. */
  endSession(id: string, at: number): Promise<boolean>;
  /** Newest first. */
  listSessions(filter: SessionFilter): Promise<readonly StoredSession[]>;
  /** How many such a list would hold without its limit. */
  countSessions(filter: Omit<SessionFilter, 'limit'>): Promise<number>;
  /** Forgets sessions opened before. True: there is more to forget. */
  purgeSessions(openedBefore: number): Promise<boolean>;

  readUsage(kid: string, sinceBucket: number): Promise<StoredUsage>;

  /** Keeps the first value ever offered, and returns the one kept. */
  keepMasterKeyCheck(value: string): Promise<string>;
  /** Waits for the writes under way, then lets go of the state. */
  close(): Promise<void>;
}
