import { Problem, writeText } from '@vitrine/token-service';
import { isRestricting } from '../data/is-restricting.ts';
import { type DataContext, type DataRequest, runQuery, runQueryText } from '../data/run-query.ts';
import { contentDisposition } from '../export/content-disposition.ts';
import { writeCsv } from '../export/write-csv.ts';
import { jaqlBody } from './bodies.ts';
import { readBody } from './read-body.ts';
import { requireSource } from './require-source.ts';
import type { Services } from './services.ts';
import { type SessionCall, sessionRoute } from './session-route.ts';

/** `POST /api/datasources/<title>/jaql` */
export const postJaql = (services: Services) =>
  sessionRoute(services, async (call) => {
    const text = await runJaql(call, services, runQueryText);
    writeText(call.response, { text, type: 'application/json' });
  });

/** `POST /api/datasources/<title>/jaql/csv`: an export like any other. */
export const postJaqlCsv = (services: Services) =>
  sessionRoute(services, async (call) => {
    if (!call.rights.abilities.export) throw new Problem('ability_missing');
    const csv = writeCsv(await runJaql(call, services, runQuery));
    services.metrics.exports.inc({ format: 'csv' });
    call.response
      .type('text/csv; charset=utf-8')
      .set('Content-Disposition', contentDisposition(String(call.request.params.title), 'csv'))
      .send(csv);
  });

async function runJaql<Result>(
  call: SessionCall,
  services: Services,
  run: (request: DataRequest, context: DataContext) => Promise<Result>,
): Promise<Result> {
  const { request, rights, session } = call;
  const source = requireSource(rights, request.params.title);
  const { queryGuid, datasource, ...query } = readBody(request, jaqlBody);
  const named = typeof datasource === 'string' ? datasource : datasource?.title;
  if (named !== undefined && named !== source) throw new Problem('query_invalid');
  if (!rights.abilities.filter && query.metadata.some(isRestricting)) {
    throw new Problem('ability_missing');
  }
  return services.running.run(session.id, queryGuid, call.signal, (signal) =>
    run({ kind: 'query', source, query, filters: [] }, { ...call.data, signal }),
  );
}
