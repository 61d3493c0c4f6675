import type { ConfigurationSettings, NewSession, StoredConfiguration } from '../store.ts';

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
  | { readonly kind: 'open'; readonly session: NewSession }
  | { readonly kind: 'touch'; readonly id: string; readonly seenAt: number }
  | { readonly kind: 'end'; readonly id: string; readonly at: number }
  | { readonly kind: 'purge'; readonly openedBefore: number }
  | { readonly kind: 'masterKeyCheck'; readonly value: string };
