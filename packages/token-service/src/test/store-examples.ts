import type { NewSession, Store, StoredConfiguration, StoredKey } from '../store/store.ts';

/** The moment in which the examples live. */
export const now = Date.parse('2026-11-21T20:30:00Z');
export const kid = '0123456789abcdef01234567';

/** One state that stores open: each as another process would. */
export interface StoreState {
  readonly open: () => Promise<Store>;
  readonly remove: () => Promise<void>;
}

/** A configuration with the given keys. */
export const exampleConfiguration = (...keys: StoredKey[]): StoredConfiguration => ({
  kid,
  name: 'Example',
  profile: 'strict',
  enabled: true,
  origins: ['https://app.example.com'],
  linksAllowed: true,
  maxTokenLifetimeSeconds: 60,
  allowErasedAcl: false,
  idleTimeoutSeconds: null,
  endSessionsAtExp: false,
  maxSessions: null,
  maxSessionsPerSubject: null,
  maxSessionsPerToken: null,
  maxOpensPerMinute: null,
  signature: null,
  createdAt: now,
  updatedAt: now,
  keys,
});

/** A session of that configuration. */
export const exampleSession = (id: string, changes: Partial<NewSession> = {}): NewSession => ({
  ...{ id, kid, sub: 'ada', tokenDigest: 'digest', claims: '{"sub":"ada"}' },
  ...{ timeZone: 'UTC', theme: null, language: null, openedAt: now },
  ...{ jti: null, uses: null, issuedAt: null, expiresAt: null },
  ...changes,
});
