import type { RequestHandler } from 'express';
import { readBody } from '../http/read-input.ts';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { configurationChangeSchema } from './configuration-schema.ts';
import { viewOf } from './configuration-view.ts';
import { readSignature } from './read-signature.ts';

/** `PATCH …/configurations/<kid>`: rename, enable, disable, settings. Disabling ends its sessions. */
export function changeConfiguration(context: ServiceContext): RequestHandler<{ kid: string }> {
  const { store, configurations, wallNow, log } = context;
  return async (request, response) => {
    const { kid } = request.params;
    const { signature, ...settings } = readBody(configurationChangeSchema, request.body);
    const changes = {
      ...settings,
      ...(signature !== undefined && { signature: await readSignature(signature) }),
    };
    const changed = await store.changeConfiguration(kid, changes, wallNow());
    configurations.forget(kid);
    const configuration = changed ? await store.findConfiguration(kid) : undefined;
    if (configuration === undefined) throw new Problem('not_found');
    log.info({ event: 'configuration_changed', kid, settings: Object.keys(changes) });
    response.json(viewOf(configuration));
  };
}
