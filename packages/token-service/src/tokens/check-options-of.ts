import type { CheckOptions, Use } from '@vitrine/claims';
import { maxTokenLifetimeOf } from '../configurations/configuration-view.ts';
import type { StoredConfiguration } from '../store/store.ts';

/** How a configuration wants claims checked. `nowMs`: UTC milliseconds. */
export function checkOptionsOf(
  configuration: StoredConfiguration,
  use: Use,
  nowMs: number,
): CheckOptions {
  const { profile, allowErasedAcl, signature, kid } = configuration;
  const maxLifetimeSeconds = maxTokenLifetimeOf(configuration);
  return {
    ...{ use, profile, allowErasedAcl, now: nowMs / 1000 },
    ...(signature === null ? {} : { audience: kid }),
    ...(maxLifetimeSeconds === null ? {} : { maxLifetimeSeconds }),
  };
}
