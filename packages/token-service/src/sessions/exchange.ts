import type { ServerResponse } from 'node:http';
import { tokenBodyBytes } from '../http/json-body.ts';
import { type PlainHandler, plainHandler } from '../http/plain-handler.ts';
import { readJsonBody } from '../http/read-json-body.ts';
import type { ServiceMetrics } from '../metrics/service-metrics.ts';
import { foreignOriginOf } from '../origins/foreign-origin.ts';
import { problemOf } from '../problem/write-problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { openSession } from './open-session.ts';

/** `POST …/sessionToken`: `{webSessionToken, initialiser}`. */
export function exchangeToken(context: ServiceContext): PlainHandler {
  const answer = plainHandler(async (request, address) => {
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

/** Counts how an exchange ended. */
function countExchange(
  { exchangesRefused, exchangeSeconds }: ServiceMetrics,
  response: ServerResponse,
): void {
  const stop = exchangeSeconds.startTimer();
  response.once('close', () => {
    const problem = problemOf(response);
    if (problem !== undefined) exchangesRefused.inc({ code: problem.code });
    stop({ outcome: problem === undefined ? 'opened' : 'refused' });
  });
}
