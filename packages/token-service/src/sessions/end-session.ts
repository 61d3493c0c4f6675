import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';

/** `DELETE /api/v1/sessions/<id>`: an administrator ends a session. */
export function endSession({
  store,
  claimsCache,
  steadyNow,
  log,
  audit,
}: ServiceContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { id } = request.params;
    await audit.around({ act: 'session.end', session: auditable(id) }, async () => {
      if (!(await store.endSession(id, steadyNow()))) throw new Problem('not_found');
    });
    claimsCache.delete(id);
    log.info({ event: 'session_ended_by_admin', session: id });
    response.status(204).end();
  };
}

const idPattern = /^[\w-]{1,64}$/;

/** What cannot be an id is not written down: it could be anything. */
function auditable(id: string): string {
  return idPattern.test(id) ? id : '';
}
