import { Problem } from '@vitrine/token-service';
import type { RequestHandler } from 'express';
import { jsonSchemas } from '../content/schema/json-schemas.ts';

/** `GET /api/v1/schemas/<kind>.json`: the published JSON Schema of content files. */
export function getSchema(): RequestHandler {
  const schemas = new Map<string, unknown>(Object.entries(jsonSchemas()));
  return (request, response) => {
    const schema = schemas.get(String(request.params.kind));
    if (!schema) throw new Problem('not_found');
    response.type('application/schema+json').send(JSON.stringify(schema, null, 2));
  };
}
