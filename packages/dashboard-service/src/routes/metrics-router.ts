import { type RequestHandler, Router } from 'express';
import type { Registry } from 'prom-client';

/** `GET /metrics` in the text format of Prometheus, behind the gate, where there is one. */
export function metricsRouter(registry: Registry, gate: readonly RequestHandler[]): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/metrics', ...gate, async (_request, response) => {
    response.set('Content-Type', registry.contentType).send(await registry.metrics());
  });
  return router;
}
