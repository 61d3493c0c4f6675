import type { RequestHandler } from 'express';
import type { ServiceContext } from '../service-context.ts';
import { viewOf } from './configuration-view.ts';

/** `GET …/configurations`: all of them, oldest first. */
export function listConfigurations({ store }: ServiceContext): RequestHandler {
  return async (_request, response) => {
    const configurations = await store.listConfigurations();
    response.json({ configurations: configurations.map(viewOf) });
  };
}
