import type { CheckOptions, Use } from '@vitrine/claims';
import { maxTokenLifetimeOf } from '../configurations/configuration-view.ts';
import type { ServiceContext } from '../service-context.ts';
import type { StoredConfiguration } from '../store/store.ts';

/** How a configuration wants claims checked, at this moment. Whoever mints gets no tolerance. */
export function checkOptionsOf(
  configuration: StoredConfiguration,
  use: Use,
  { wallNow, clockToleranceSeconds }: Pick<ServiceContext, 'wallNow' | 'clockToleranceSeconds'>,
): CheckOptions {
  const { profile, allowErasedAcl, signature, kid } = configuration;
  const maxLifetimeSeconds = maxTokenLifetimeOf(configuration);
  return {
    ...{ use, profile, allowErasedAcl, now: wallNow() / 1000 },
    ...(use === 'mint' ? {} : { clockToleranceSeconds }),
    ...(signature === null ? {} : { audience: kid }),
    ...(maxLifetimeSeconds === null ? {} : { maxLifetimeSeconds }),
  };
}
