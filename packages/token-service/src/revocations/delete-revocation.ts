import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';

/** `DELETE …/revocations/<id>`: what it refused opens again. Sessions that it ended stay ended. */
export function deleteRevocation({
  store,
  log,
  audit,
}: ServiceContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { id } = request.params;
    await audit.around({ act: 'revocation.delete', revocation: id }, async () => {
      if (!(await store.deleteRevocation(id))) throw new Problem('not_found');
    });
    log.info({ event: 'revocation_deleted', revocation: id });
    response.status(204).end();
  };
}
