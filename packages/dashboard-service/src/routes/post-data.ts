import { once } from 'node:events';
import type { DataLine } from '@vitrine/charts';
import { Problem } from '@vitrine/token-service';
import type { Response } from 'express';
import type { ContentWidget } from '../content/content.ts';
import { findDashboard, findWidget } from '../data/find-dashboard.ts';
import { runQueryText } from '../data/run-query.ts';
import { requireFilterAbility, widgetRequest } from '../data/widget-request.ts';
import { dataBody } from './bodies.ts';
import { readBody } from './read-body.ts';
import type { Services } from './services.ts';
import { type SessionCall, sessionRoute } from './session-route.ts';

/** `POST /api/v1/dashboards/<oid>/data`: every widget's rows, a line each, in the order in which they are ready. */
export const postData = (services: Services) =>
  sessionRoute(services, async (call) => {
    const { rights, request, response } = call;
    const dashboard = findDashboard(rights, request.params.oid);
    const { filters = [], widgets } = readBody(request, dataBody);
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
    response.type('application/x-ndjson');
    response.flushHeaders();
    await Promise.all(
      wanted
        .filter(({ type }) => type !== 'richtext')
        .map(async (widget) => writeLine(response, await lineOf(widget), call.signal)),
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

async function writeLine(response: Response, line: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted || response.write(`${line}\n`)) return;
  await once(response, 'drain', { signal }).catch(() => undefined);
}
