import { randomUUID } from 'node:crypto';
import { problemHandler, requestLog } from '@vitrine/token-service';
import express, { type Express, type Router } from 'express';
import type { Logger } from 'pino';
import { answerHeaders } from './server/security-headers.ts';
import { notFound, strictPath } from './server/strict-path.ts';

export interface AppOptions {
  readonly log: Logger;
  /** Express' `trust proxy`: which proxies' forwarded addresses count. Default none. */
  readonly trustProxy?: boolean | number | string;
}

/** An Express app around routers: every answer has the security headers, every refusal is a problem detail. */
export function createApp(
  routers: readonly Router[],
  { log, trustProxy = false }: AppOptions,
): Express {
  const app = express();
  app.set('trust proxy', trustProxy);
  app.set('case sensitive routing', true);
  app.set('strict routing', true);
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    response.setHeaders(answerHeaders);
    response.set('Request-Id', randomUUID());
    next();
  });
  app.use(requestLog(log), strictPath);
  for (const router of routers) app.use(router);
  app.use(notFound);
  app.use(problemHandler);
  return app;
}
