import type { RequestHandler } from 'express';
import type { ServiceContext } from '../service-context.ts';
import { viewOf } from './revocation-view.ts';

const maxRevocations = 1000;

/** `GET …/revocations`: newest first, at most 1000; `more` when there are others. */
export function listRevocations({ store }: ServiceContext): RequestHandler {
  return async (_request, response) => {
    const found = await store.listRevocations(maxRevocations + 1);
    response.json({
      revocations: found.slice(0, maxRevocations).map(viewOf),
      more: found.length > maxRevocations,
    });
  };
}
