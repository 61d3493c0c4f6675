import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { ServiceContext } from '../service-context.ts';
import type { LiveSession } from './live-session.ts';

/** `DELETE …/sessionToken`: the client ends its own session. */
export function endOwnSession(
  { store, claimsCache, steadyNow }: ServiceContext,
  authenticate: (request: IncomingMessage) => Promise<LiveSession>,
): RequestHandler {
  return async (request, response) => {
    const { id } = await authenticate(request);
    await store.endSession(id, steadyNow());
    claimsCache.delete(id);
    response.status(204).end();
  };
}
