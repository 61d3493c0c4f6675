import { cancelBody } from './bodies.ts';
import { readBody } from './read-body.ts';
import { requireSource } from './require-source.ts';
import type { Services } from './services.ts';
import { sessionRoute } from './session-route.ts';

/** `POST /api/datasources/<title>/cancel_queries`: the session's own queries of these names. */
export const cancelQueries = (services: Services) =>
  sessionRoute(services, ({ request, response, body, rights, session }) => {
    requireSource(rights, request.params.title);
    const { queries } = readBody(body, cancelBody);
    services.running.cancel(session.id, queries.split(';').filter(Boolean));
    response.status(204).end();
  });
