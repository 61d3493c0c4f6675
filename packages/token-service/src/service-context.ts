import type { Logger } from 'pino';
import type { ConfigurationCache } from './configurations/configuration-cache.ts';
import type { Directory } from './directory.ts';
import type { KeyRing } from './keys/key-ring.ts';
import type { KeyVault } from './keys/key-vault.ts';
import type { ClaimsCache } from './sessions/claims-cache.ts';
import type { SessionLifetime } from './sessions/session-lifetime.ts';
import type { Store } from './store/store.ts';

/** What the routes share; built once by `createTokenService`. */
export interface ServiceContext {
  readonly store: Store;
  readonly vault: KeyVault;
  readonly configurations: ConfigurationCache;
  readonly keyRing: KeyRing;
  readonly claimsCache: ClaimsCache;
  readonly directory: Directory;
  readonly log: Logger;
  readonly lifetime: SessionLifetime;
  /** Wall clock, UTC milliseconds: for the dates in tokens. */
  readonly wallNow: () => number;
  /** Never goes back: for sessions and counters. */
  readonly steadyNow: () => number;
}
