import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';

/** `DELETE …/configurations/<kid>`: destroys its private key and ends its sessions; there is no way back. */
export function deleteConfiguration(context: ServiceContext): RequestHandler<{ kid: string }> {
  const { store, configurations, keyRing, wallNow, log } = context;
  return async (request, response) => {
    const { kid } = request.params;
    const configuration = await store.findConfiguration(kid);
    const deleted = await store.deleteConfiguration(kid, wallNow());
    configurations.forget(kid);
    if (!deleted) throw new Problem('not_found');
    keyRing.forget(configuration?.keys ?? []);
    log.info({ event: 'configuration_deleted', kid });
    response.status(204).end();
  };
}
