import type {
  ConfigurationSettings,
  LiveBounds,
  NewSession,
  OpenOutcome,
  Reseal,
  Revocation,
  StoredConfiguration,
  StoredKey,
} from '../store.ts';

/** Whether a change took effect; the fate of an open; the sessions that a revocation ended. */
export type WriteOutcome = boolean | number | OpenOutcome;

/** One change of the state, as data: it crosses to the writer's thread. */
export type Write =
  | { readonly kind: 'create'; readonly configuration: StoredConfiguration }
  | {
      readonly kind: 'change';
      readonly kid: string;
      readonly changes: Partial<ConfigurationSettings>;
      readonly at: number;
    }
  | { readonly kind: 'delete'; readonly kid: string; readonly at: number }
  | { readonly kind: 'addKey'; readonly kid: string; readonly key: StoredKey }
  | { readonly kind: 'retireKeys'; readonly kid: string }
  | { readonly kind: 'reseal'; readonly keys: readonly Reseal[]; readonly check: Reseal }
  | { readonly kind: 'open'; readonly session: NewSession; readonly live: LiveBounds }
  | { readonly kind: 'revoke'; readonly revocation: Revocation; readonly endSessions: boolean }
  | { readonly kind: 'deleteRevocation'; readonly id: string }
  | { readonly kind: 'purgeTokenUses'; readonly expiredBefore: number }
  | { readonly kind: 'touch'; readonly id: string; readonly seenAt: number }
  | { readonly kind: 'end'; readonly id: string; readonly at: number }
  | { readonly kind: 'purge'; readonly openedBefore: number }
  | { readonly kind: 'masterKeyCheck'; readonly value: string };
