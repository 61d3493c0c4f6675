import type { IncomingMessage } from 'node:http';
import { type RequestHandler, Router } from 'express';
import { changeConfiguration } from './configurations/change-configuration.ts';
import { createConfiguration } from './configurations/create-configuration.ts';
import { deleteConfiguration } from './configurations/delete-configuration.ts';
import { listConfigurations } from './configurations/list-configurations.ts';
import { readConfiguration } from './configurations/read-configuration.ts';
import { retireKey } from './configurations/retire-key.ts';
import { rotateKey } from './configurations/rotate-key.ts';
import { jsonBody, plainBodyBytes, tokenBodyBytes } from './http/json-body.ts';
import { noStore } from './http/no-store.ts';
import type { PlainHandler } from './http/plain-handler.ts';
import { Problem } from './problem/problem.ts';
import { createRevocation } from './revocations/create-revocation.ts';
import { deleteRevocation } from './revocations/delete-revocation.ts';
import { listRevocations } from './revocations/list-revocations.ts';
import type { ServiceContext } from './service-context.ts';
import { endOwnSession } from './sessions/end-own-session.ts';
import { endSession } from './sessions/end-session.ts';
import { listSessions } from './sessions/list-sessions.ts';
import type { LiveSession } from './sessions/live-session.ts';
import { testToken } from './tokens/test-token.ts';
import { readUsage } from './usage/read-usage.ts';

interface Gates {
  readonly authenticate: (request: IncomingMessage) => Promise<LiveSession>;
  readonly requireAdmin: RequestHandler;
  readonly exchange: PlainHandler;
  /** Has the admin's gate inside. */
  readonly generate: PlainHandler;
}

/** Where the token routes stand. */
export const tokenPrefixes = ['/api/v1/wat', '/api/v1/web-access-tokens'];

const strictRouter = { caseSensitive: true, strict: true } as const;

/** The service's routes. The exchange and its end are the viewer's; all others are the administrator's. */
export function createRouter(
  context: ServiceContext,
  { authenticate, requireAdmin, exchange, generate }: Gates,
): Router {
  const tokenBody = jsonBody(tokenBodyBytes);
  const plainBody = jsonBody(plainBodyBytes);

  const tokens = Router(strictRouter);
  tokens.use(noStore);
  tokens.post('/sessionToken', behindExpress(exchange));
  tokens.delete('/sessionToken', endOwnSession(context, authenticate));

  // From here on, for administrators: also what does not exist.
  tokens.use(requireAdmin);
  tokens.post('/generate', behindExpress(generate));
  tokens.post('/test', tokenBody, testToken(context));
  tokens.post('/configurations', plainBody, createConfiguration(context));
  tokens.get('/configurations', listConfigurations(context));
  tokens.get('/configurations/:kid', readConfiguration(context));
  tokens.patch('/configurations/:kid', plainBody, changeConfiguration(context));
  tokens.delete('/configurations/:kid', deleteConfiguration(context));
  tokens.get('/configurations/:kid/usage', readUsage(context));
  tokens.post('/configurations/:kid/rotate', rotateKey(context));
  tokens.post('/configurations/:kid/retire', retireKey(context));
  tokens.post('/revocations', plainBody, createRevocation(context));
  tokens.get('/revocations', listRevocations(context));
  tokens.delete('/revocations/:id', deleteRevocation(context));
  tokens.use(notFound);

  const sessions = Router(strictRouter);
  sessions.use(noStore, requireAdmin);
  sessions.get('/', listSessions(context));
  sessions.delete('/:id', endSession(context));
  sessions.use(notFound);

  const router = Router(strictRouter);
  router.use(tokenPrefixes, tokens);
  router.use('/api/v1/sessions', sessions);
  return router;
}

function behindExpress(handler: PlainHandler): RequestHandler {
  return (request, response) => handler(request, response, { address: request.ip ?? '' });
}

function notFound(): never {
  throw new Problem('not_found');
}
