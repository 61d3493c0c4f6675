import { buildOpenApi, tokenOperations } from '@vitrine/token-service';
import { Router } from 'express';
import manifest from '../../package.json' with { type: 'json' };
import { pageOperations } from './page-operations.ts';
import { serviceOperations } from './service-operations.ts';
import { viewerOperations } from './viewer-operations.ts';

/** The description of every route of both services, OpenAPI 3.1. */
export function openApiDocument() {
  return buildOpenApi({
    title: 'Vitrine',
    version: manifest.version,
    operations: [...tokenOperations, ...viewerOperations, ...pageOperations, ...serviceOperations],
    aliases: { '/api/v1/wat': '/api/v1/web-access-tokens' },
  });
}

/** `GET /api/v1/openapi.json`, written when it is asked for first: few ask, and to describe all schemas takes memory. */
export function openApiRouter(): Router {
  let text: string | undefined;
  const router = Router({ caseSensitive: true, strict: true });
  router.get('/api/v1/openapi.json', (_request, response) => {
    text ??= JSON.stringify(openApiDocument(), null, 2);
    response.type('application/json').send(text);
  });
  return router;
}
