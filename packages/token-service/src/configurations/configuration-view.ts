import type { Profile } from '@vitrine/claims';
import type { ConfigurationSettings, StoredConfiguration } from '../store/store.ts';

/** The longest life of a token of a strict configuration that names none: one day. */
const strictTokenLifetimeSeconds = 86_400;

/** A configuration as administrators and the pages see it: no key, no trace of one. */
export interface ConfigurationView extends ConfigurationSettings {
  readonly kid: string;
  readonly profile: Profile;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** When the next key was made; `null`: there is one key only. */
  readonly rotatedAt: string | null;
}

/** The limit in force: a strict configuration always has one. */
export function maxTokenLifetimeOf(configuration: StoredConfiguration): number | null {
  const { profile, maxTokenLifetimeSeconds } = configuration;
  return maxTokenLifetimeSeconds ?? (profile === 'strict' ? strictTokenLifetimeSeconds : null);
}

/** What may be shown of a configuration. */
export function viewOf(configuration: StoredConfiguration): ConfigurationView {
  const { keys, createdAt, updatedAt, ...shown } = configuration;
  const [nextKey, oldKey] = keys;
  const rotatedAt = oldKey === undefined ? undefined : nextKey?.createdAt;
  return {
    ...shown,
    maxTokenLifetimeSeconds: maxTokenLifetimeOf(configuration),
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    rotatedAt: rotatedAt === undefined ? null : new Date(rotatedAt).toISOString(),
  };
}
