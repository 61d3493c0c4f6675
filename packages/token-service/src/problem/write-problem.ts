import type { ServerResponse } from 'node:http';
import type { Problem } from './problem.ts';

const refused = new WeakMap<ServerResponse, Problem>();

/**
 * Writes a refusal as problem details (RFC 9457); `problemOf` finds it again. Cuts an answer that has begun. `headers`: more of
 * them, names and values in turn; default none.
 */
export function writeProblem(
  response: ServerResponse,
  problem: Problem,
  headers: readonly string[] = [],
): void {
  refused.set(response, problem);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = problem.toText();
  response
    .writeHead(problem.status, [
      ...headers,
      ...['Cache-Control', 'no-store'],
      ...Object.entries(problem.headers).flat(),
      ...['Content-Type', 'application/problem+json; charset=utf-8'],
      ...['Content-Length', String(Buffer.byteLength(body))],
    ])
    .end(body);
}

/** What an answer refused, for logs and metrics. */
export function problemOf(response: ServerResponse): Problem | undefined {
  return refused.get(response);
}
