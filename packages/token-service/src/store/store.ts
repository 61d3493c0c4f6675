import type { Profile } from '@vitrine/claims';
import type { SignatureAlgorithm, VerifyJwk } from '@vitrine/tokens';

/** The issuer's public signing key, as registered. */
export interface SignatureSetting {
  readonly algorithm: SignatureAlgorithm;
  readonly publicKey: VerifyJwk;
  /** RFC 7638, SHA-256, base64url. */
  readonly thumbprint: string;
}

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
  /** Whether a session ends with the `exp` of its token. */
  readonly endSessionsAtExp: boolean;
  /** Live sessions of the whole configuration; `null`: no limit. */
  readonly maxSessions: number | null;
  /** Live sessions of one `sub` in this configuration; `null`: no limit. */
  readonly maxSessionsPerSubject: number | null;
  /** Sessions that one token may open in all, counted by `jti` or, without one, by its digest; `null`: no limit. */
  readonly maxSessionsPerToken: number | null;
  /** Sessions that open within any minute; `null`: no limit. */
  readonly maxOpensPerMinute: number | null;
  /** Signed mode with this key; `null`: plain tokens. */
  readonly signature: SignatureSetting | null;
}

/** A private key as it rests: sealed with the master key, known by its public half's thumbprint. */
export interface StoredKey {
  /** SHA-256 of the SPKI, base64url. */
  readonly thumbprint: string;
  readonly sealed: string;
  /** Name of the one suite that the key is used with. */
  readonly suite: string;
  /** UTC milliseconds; of two keys of a configuration the later one is the next. */
  readonly createdAt: number;
}

/** A configuration as it rests. Times are UTC milliseconds. */
export interface StoredConfiguration extends ConfigurationSettings {
  readonly kid: string;
  readonly profile: Profile;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Newest first: one, or two while a rotation is under way. */
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
  readonly jti: string | null;
  /** How many sessions the token may open in all, counted by `jti`; `null`: any number. */
  readonly uses: number | null;
  /** `iat` in UTC milliseconds; `null`: the token does not say. */
  readonly issuedAt: number | null;
  /** `exp` in UTC milliseconds; `null`: never. */
  readonly expiresAt: number | null;
}

/** What became of an open. Only `opened` left a row, a count and a use. */
export type OpenOutcome =
  | 'opened'
  | 'not_in_service'
  | 'token_revoked'
  | 'token_used'
  | 'too_many_sessions'
  | 'too_many_opens';

/** A session and what its configuration says now; the claims are read apart, they can be long. */
export interface StoredSession extends Omit<NewSession, 'claims' | 'jti' | 'uses' | 'issuedAt'> {
  readonly endSessionsAtExp: boolean;
  readonly seenAt: number;
  readonly endedAt: number | null;
  readonly profile: Profile;
  readonly allowErasedAcl: boolean;
  readonly idleTimeoutSeconds: number | null;
}

/** Which sessions live, beside what their configuration says. */
export interface LiveBounds {
  /** UTC milliseconds: sessions opened until then have outlived the absolute time-out. */
  readonly openedAfter: number;
  /** For configurations without an idle time-out of their own. */
  readonly idleTimeoutMs: number;
}

/** Which live sessions a list shows. */
export interface SessionFilter extends LiveBounds {
  readonly sub?: string;
  readonly kid?: string;
  readonly now: number;
  readonly limit: number;
}

/**
 * What is revoked: one token by `jti`, whenever it was issued; or the tokens of a `sub` or a whole configuration that do
 * not say (`iat`) that they were issued later. `kid` beside the others narrows them to one configuration.
 */
export interface Revocation {
  /** Made from what is revoked, so that there is one for each. */
  readonly id: string;
  readonly claim: 'jti' | 'sub' | 'kid';
  readonly value: string;
  /** `null`: in every configuration. */
  readonly kid: string | null;
  /** UTC milliseconds. */
  readonly revokedAt: number;
}

/** One key, sealed anew; applied only while `from` is what rests. */
export interface Reseal {
  readonly from: string;
  readonly to: string;
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

  /** False: there is none, or it has two keys already. */
  addKey(kid: string, key: StoredKey): Promise<boolean>;
  /** Destroys all keys of a configuration but the newest. False: there is none to destroy. */
  retireKeys(kid: string): Promise<boolean>;
  /** All keys and the master key check at once, or nothing. False: they are not those that rest. */
  resealKeys(keys: readonly Reseal[], check: Reseal): Promise<boolean>;

  /**
   * Decides on revocations, session limits and the token's uses, writes the row and counts it, all in one transaction:
   * limits hold exactly over all processes.
   */
  openSession(session: NewSession, live: LiveBounds): Promise<OpenOutcome>;
  findSession(id: string): Promise<StoredSession | undefined>;
  readClaims(id: string): Promise<string | undefined>;
  touchSession(id: string, seenAt: number): Promise<void>;
  /** False: there is none, or it has ended before. */
  endSession(id: string, at: number): Promise<boolean>;
  /** Newest first. */
  listSessions(filter: SessionFilter): Promise<readonly StoredSession[]>;
  /** How many such a list would hold without its limit. */
  countSessions(filter: Omit<SessionFilter, 'limit'>): Promise<number>;
  /** Sessions that opened later than a moment while their configuration had a `maxOpensPerMinute`, ended ones too. */
  countRatedOpens(kid: string, openedAfter: number): Promise<number>;
  /** Forgets sessions opened before. True: there is more to forget. */
  purgeSessions(openedBefore: number): Promise<boolean>;

  /** Also ends the running sessions, where asked to, in the same transaction. Returns how many. */
  revoke(revocation: Revocation, options: { readonly endSessions: boolean }): Promise<number>;
  /** Newest first. */
  listRevocations(limit: number): Promise<readonly Revocation[]>;
  /** False: there is none. */
  deleteRevocation(id: string): Promise<boolean>;
  /** Forgets the counted uses of tokens that expired before. */
  purgeTokenUses(expiredBefore: number): Promise<void>;

  readUsage(kid: string, sinceBucket: number): Promise<StoredUsage>;

  /** Keeps the first value ever offered, and returns the one kept. */
  keepMasterKeyCheck(value: string): Promise<string>;
  /** Waits for the writes under way, then lets go of the state. */
  close(): Promise<void>;
}
