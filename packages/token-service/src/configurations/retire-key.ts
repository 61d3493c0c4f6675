import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { viewOf } from './configuration-view.ts';

/** `POST …/configurations/<kid>/retire`: destroys the old key. Its tokens open nothing more; its sessions go on. */
export function retireKey(context: ServiceContext): RequestHandler<{ kid: string }> {
  const { store, configurations, keyRing, log, audit } = context;
  return async (request, response) => {
    const { kid } = request.params;
    const before = await store.findConfiguration(kid);
    if (before === undefined) throw new Problem('not_found');
    await audit.around({ act: 'key.retire', kid }, async () => {
      if (!(await store.retireKeys(kid))) throw new Problem('rotation_not_under_way');
    });
    configurations.forget(kid);
    const configuration = await store.findConfiguration(kid);
    if (configuration === undefined) throw new Problem('not_found');
    keyRing.forget(before.keys.slice(1));
    log.info({ event: 'key_retired', kid });
    response.json(viewOf(configuration));
  };
}
