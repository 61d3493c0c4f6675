import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';

/** `DELETE …/configurations/<kid>`: destroys its private key and ends its sessions; there is no way back. */
export function deleteConfiguration(context: ServiceContext): RequestHandler<{ kid: string }> {
  const { store, configurations, keyRing, wallNow, log, audit } = context;
  return async (request, response) => {
    const { kid } = request.params;
    const configuration = await store.findConfiguration(kid);
    if (configuration === undefined) throw new Problem('not_found');
    await audit.around({ act: 'configuration.delete', kid }, async () => {
      if (!(await store.deleteConfiguration(kid, wallNow()))) throw new Problem('not_found');
    });
    configurations.forget(kid);
    keyRing.forget(configuration.keys);
    log.info({ event: 'configuration_deleted', kid });
    response.status(204).end();
  };
}
