import { Router } from 'express';
import { getHealth, getReadiness } from './health.ts';

/** Health and readiness, on every listener. */
export function healthRouter(isReady: () => boolean | Promise<boolean>): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/healthz', getHealth);
  router.get('/readyz', getReadiness(isReady));
  return router;
}
