import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';

/** `DELETE /api/v1/sessions/<id>`: an administrator ends a session. */
export function endSession({
  store,
  claimsCache,
  steadyNow,
  log,
}: ServiceContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { id } = request.params;
    if (!(await store.endSession(id, steadyNow()))) throw new Problem('not_found');
    claimsCache.delete(id);
    log.info({ event: 'session_ended_by_admin', session: id });
    response.status(204).end();
  };
}
