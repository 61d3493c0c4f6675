import type { Logger } from 'pino';
import type { AuditEntry } from './audit/audit-log.ts';
import type { ConfigurationCache } from './configurations/configuration-cache.ts';
import type { Directory } from './directory.ts';
import type { KeyRing } from './keys/key-ring.ts';
import type { KeyVault } from './keys/key-vault.ts';
import type { SecretRing } from './keys/secret-ring.ts';
import type { TokenBuckets } from './limits/token-buckets.ts';
import type { ServiceMetrics } from './metrics/service-metrics.ts';
import type { ClaimsCache } from './sessions/claims-cache.ts';
import type { SessionLifetime } from './sessions/session-lifetime.ts';
import type { Store } from './store/store.ts';
import type { Minter } from './tokens/minter.ts';
import type { TokenDecryptor } from './tokens/token-decryptor.ts';

/** Where acts are written down before they are done; one that cannot be written down is not done. */
export interface Audit {
  /** Throws `StateError` `store_unavailable`. */
  write(entry: AuditEntry): Promise<void>;
  /** The act after its entry. Throws what the act throws, or as `write`. */
  around<Result>(entry: AuditEntry, act: () => Promise<Result>): Promise<Result>;
  /** As `around`, for an act that changes nothing: its result is held back until the entry is written. */
  beside<Result>(entry: AuditEntry, act: () => Promise<Result>): Promise<Result>;
}

/** What the routes share; built once by `createTokenService`. */
export interface ServiceContext {
  readonly store: Store;
  readonly vault: KeyVault;
  readonly configurations: ConfigurationCache;
  readonly keyRing: KeyRing;
  readonly secretRing: SecretRing;
  readonly decryptor: TokenDecryptor;
  /** How often administrators may test tokens. */
  readonly tests: TokenBuckets;
  readonly minter: Minter;
  readonly metrics: ServiceMetrics;
  readonly audit: Audit;
  readonly claimsCache: ClaimsCache;
  readonly directory: Directory;
  readonly log: Logger;
  /** Where browsers reach this service; undefined: at the host that they name. */
  readonly ownOrigin: string | undefined;
  readonly lifetime: SessionLifetime;
  /** By how much issuers' clocks may differ from ours when a token is opened or tested. */
  readonly clockToleranceSeconds: number;
  /** Wall clock, UTC milliseconds: for the dates in tokens. */
  readonly wallNow: () => number;
  /** Never goes back: for sessions and counters. */
  readonly steadyNow: () => number;
}
