import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { DataLine } from '@vitrine/charts';
import { Problem } from '@vitrine/token-service';
import type { ContentWidget } from '../content/content.ts';
import { findDashboard, findWidget } from '../data/find-dashboard.ts';
import { runQueryText } from '../data/run-query.ts';
import { requireFilterAbility, widgetRequest } from '../data/widget-request.ts';
import { dataBody } from './bodies.ts';
import { readBody } from './read-body.ts';
import type { Services } from './services.ts';
import type { SessionCall } from './session-call.ts';
import { sessionPost } from './session-post.ts';

const headersOfLines = [
  ...['Cache-Control', 'no-store', 'Content-Type', 'application/x-ndjson; charset=utf-8'],
];

/** `POST /api/v1/dashboards/<oid>/data`: every widget's rows, a line each, in the order in which they are ready. */
export const postData = (services: Services) =>
  sessionPost('/api/v1/dashboards/:oid/data', services, async (call) => {
    const { rights, response } = call;
    const dashboard = findDashboard(rights, call.params.oid);
    const { filters = [], widgets } = readBody(call.body, dataBody);
    requireFilterAbility(rights, filters);
    const wanted = widgets
      ? widgets.map((oid) => findWidget(dashboard, oid))
      : [...dashboard.widgets];
    const lineOf = async (widget: ContentWidget): Promise<string> => {
      try {
        const asked = widgetRequest(widget, dashboard, filters, call.data);
        const result = await runQueryText(asked, call.data);
        return `{"widget":${JSON.stringify(widget.oid)},${result.slice(1)}`;
      } catch (error) {
        const line: DataLine = { widget: widget.oid, error: lineError(error, call) };
        return JSON.stringify(line);
      }
    };
    response.writeHead(200, [...call.headers, ...headersOfLines]).flushHeaders();
    await Promise.all(
      wanted
        .filter(({ type }) => type !== 'richtext')
        .map(async (widget) => writeLine(response, await lineOf(widget), call.data.signal)),
    );
    response.end();
  });

/** Code, sentence and the request's id: nothing of the query or the data (D-7). */
function lineError(error: unknown, { data }: SessionCall) {
  const id = data.requestId;
  if (error instanceof Problem) {
    const { code, detail } = error.toJSON();
    return { code, detail, id };
  }
  data.log.error({ err: error, event: 'query.error', requestId: id }, 'unexpected query error');
  const { code, detail } = new Problem('server_error').toJSON();
  return { code, detail, id };
}

async function writeLine(
  response: ServerResponse,
  line: string,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted || response.write(`${line}\n`)) return;
  await once(response, 'drain', { signal }).catch(() => undefined);
}
