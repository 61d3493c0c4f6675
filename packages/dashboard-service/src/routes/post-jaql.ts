import { Problem, writeText } from '@vitrine/token-service';
import { isRestricting } from '../data/is-restricting.ts';
import { type DataContext, type DataRequest, runQuery, runQueryText } from '../data/run-query.ts';
import { contentDisposition } from '../export/content-disposition.ts';
import { writeCsv } from '../export/write-csv.ts';
import { jaqlBody } from './bodies.ts';
import { readBody } from './read-body.ts';
import { requireSource } from './require-source.ts';
import type { Services } from './services.ts';
import type { SessionCall } from './session-call.ts';
import { sessionPost } from './session-post.ts';
import { sessionRoute } from './session-route.ts';

/** `POST /api/datasources/<title>/jaql` */
export const postJaql = (services: Services) =>
  sessionPost('/api/datasources/:title/jaql', services, async (call) => {
    const text = await runJaql(call, call.params.title, services, runQueryText);
    writeText(call.response, { text, type: 'application/json' }, call.headers);
  });

/** `POST /api/datasources/<title>/jaql/csv`: an export like any other. */
export const postJaqlCsv = (services: Services) =>
  sessionRoute(services, async (call) => {
    if (!call.rights.abilities.export) throw new Problem('ability_missing');
    const { title } = call.request.params;
    const csv = writeCsv(await runJaql(call, title, services, runQuery));
    services.metrics.exports.inc({ format: 'csv' });
    call.response
      .type('text/csv; charset=utf-8')
      .set('Content-Disposition', contentDisposition(String(title), 'csv'))
      .send(csv);
  });

async function runJaql<Result>(
  { body, data, rights, session }: SessionCall,
  title: unknown,
  services: Services,
  run: (request: DataRequest, context: DataContext) => Promise<Result>,
): Promise<Result> {
  const source = requireSource(rights, title);
  const { queryGuid, datasource, ...query } = readBody(body, jaqlBody);
  const named = typeof datasource === 'string' ? datasource : datasource?.title;
  if (named !== undefined && named !== source) throw new Problem('query_invalid');
  if (!rights.abilities.filter && query.metadata.some(isRestricting)) {
    throw new Problem('ability_missing');
  }
  return services.running.run(session.id, queryGuid, data.signal, (signal) =>
    run({ kind: 'query', source, query, filters: [] }, { ...data, signal }),
  );
}
