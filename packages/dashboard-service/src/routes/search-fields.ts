import { fieldsOf } from '@vitrine/jaql';
import { fieldsBody } from './bodies.ts';
import { readBody } from './read-body.ts';
import { requireSource } from './require-source.ts';
import type { Services } from './services.ts';
import { sessionRoute } from './session-route.ts';

/** `POST /api/datasources/<title>/fields/search`: the columns of a data source, without rows and without hidden ones. */
export const searchFields = (services: Services) =>
  sessionRoute(services, ({ request, response, body, rights, content }) => {
    const source = requireSource(rights, request.params.title);
    const { term = '', count = 1000, offset = 0 } = readBody(body, fieldsBody);
    const model = content.models.get(source);
    const fields = model ? fieldsOf(model, { term }) : [];
    response.json(fields.slice(offset, offset + Math.min(count, 1000)));
  });
