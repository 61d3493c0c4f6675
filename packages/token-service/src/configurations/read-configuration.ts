import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { viewOf } from './configuration-view.ts';

/** `GET …/configurations/<kid>` */
export function readConfiguration({ store }: ServiceContext): RequestHandler<{ kid: string }> {
  return async (request, response) => {
    const configuration = await store.findConfiguration(request.params.kid);
    if (configuration === undefined) throw new Problem('not_found');
    response.json(viewOf(configuration));
  };
}
