import type { RequestHandler } from 'express';
import { readBody } from '../http/read-input.ts';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { configurationChangeSchema } from './configuration-schema.ts';
import { viewOf } from './configuration-view.ts';
import { readSignature } from './read-signature.ts';

/** `PATCH …/configurations/<kid>`: rename, enable, disable, settings. Disabling ends its sessions. */
export function changeConfiguration(context: ServiceContext): RequestHandler<{ kid: string }> {
  const { store, configurations, wallNow, log, audit } = context;
  return async (request, response) => {
    const { kid } = request.params;
    const { signature, ...plain } = readBody(configurationChangeSchema, request.body);
    const changes = {
      ...plain,
      ...(signature !== undefined && { signature: await readSignature(signature) }),
    };
    if ((await store.findConfiguration(kid)) === undefined) throw new Problem('not_found');
    const settings = Object.keys(changes);
    await audit.around({ act: 'configuration.change', kid, settings }, async () => {
      if (!(await store.changeConfiguration(kid, changes, wallNow()))) {
        throw new Problem('not_found');
      }
    });
    configurations.forget(kid);
    const configuration = await store.findConfiguration(kid);
    if (configuration === undefined) throw new Problem('not_found');
    log.info({ event: 'configuration_changed', kid, settings });
    response.json(viewOf(configuration));
  };
}
