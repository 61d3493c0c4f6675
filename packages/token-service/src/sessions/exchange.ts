import type { IncomingMessage, ServerResponse } from 'node:http';
import { tokenBodyBytes } from '../http/json-body.ts';
import { type PlainHandler, plainHandler } from '../http/plain-handler.ts';
import { readJsonBody } from '../http/read-json-body.ts';
import type { ServiceMetrics } from '../metrics/service-metrics.ts';
import { foreignOriginOf } from '../origins/foreign-origin.ts';
import { Problem } from '../problem/problem.ts';
import { problemOf } from '../problem/write-problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { openSession } from './open-session.ts';

/** `POST …/sessionToken`: `{webSessionToken, initialiser}`. */
export function exchangeToken(context: ServiceContext): PlainHandler {
  const answer = plainHandler(async (request, address) => {
    requireShown(request);
    const body = await readJsonBody(request, tokenBodyBytes);
    const origin = foreignOriginOf(request, context.ownOrigin);
    const text = JSON.stringify(await openSession(body, { address, origin }, context));
    return { text, type: 'application/json' };
  });
  return async function exchange(request, response, caller) {
    countExchange(context.metrics, response);
    await answer(request, response, caller);
  };
}

/** A page that is fetched before anybody looks at it opens no session: sessions are counted, and paid for (E-6). */
function requireShown({ headers }: IncomingMessage): void {
  const purpose = headers['sec-purpose'] ?? headers.purpose ?? '';
  if (/\b(?:prefetch|prerender)\b/i.test(String(purpose))) throw new Problem('page_not_shown');
}

/** Counts how an exchange ended. */
function countExchange(metrics: ServiceMetrics, response: ServerResponse): void {
  const startedAt = performance.now();
  response.once('close', () => {
    const problem = problemOf(response);
    if (problem !== undefined) metrics.countRefusal(problem.code);
    const seconds = (performance.now() - startedAt) / 1000;
    metrics.exchangeSeconds[problem === undefined ? 'opened' : 'refused'].observe(seconds);
  });
}
