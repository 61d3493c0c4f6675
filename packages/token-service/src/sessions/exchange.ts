import type { IncomingMessage, ServerResponse } from 'node:http';
import { tokenBodyBytes } from '../http/json-body.ts';
import { readJsonBody } from '../http/read-json-body.ts';
import { writeJson } from '../http/write-json.ts';
import type { ServiceMetrics } from '../metrics/service-metrics.ts';
import { problemFrom } from '../problem/problem-from.ts';
import { problemOf, writeProblem } from '../problem/write-problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { openSession } from './open-session.ts';

/** Where the exchange answers a POST. */
export const exchangePaths: ReadonlySet<string> = new Set([
  '/api/v1/wat/sessionToken',
  '/api/v1/web-access-tokens/sessionToken',
]);

/**
 * Answers `POST …/sessionToken`: `{webSessionToken, initialiser}`, or a refusal; never throws. A plain Node handler, since
 * Express and its parsers cost more than refusing a forged token does (I-1).
 * `address`: whose budget a failure is charged to.
 */
export type Exchange = (
  request: IncomingMessage,
  response: ServerResponse,
  address: string,
) => Promise<void>;

export function createExchange(context: ServiceContext): Exchange {
  return async function exchange(request, response, address) {
    countExchange(context.metrics, response);
    try {
      const body = await readJsonBody(request, tokenBodyBytes);
      writeJson(response, JSON.stringify(await openSession(body, address, context)));
    } catch (error) {
      writeProblem(response, problemFrom(error));
    }
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
