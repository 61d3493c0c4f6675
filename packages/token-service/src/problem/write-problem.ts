import type { ServerResponse } from 'node:http';
import type { Problem } from './problem.ts';

const refused = new WeakMap<ServerResponse, Problem>();

/** Writes a refusal as problem details (RFC 9457); `problemOf` finds it again. Cuts an answer that has begun. */
export function writeProblem(response: ServerResponse, problem: Problem): void {
  refused.set(response, problem);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify(problem);
  response
    .writeHead(problem.status, {
      'Cache-Control': 'no-store',
      ...problem.headers,
      'Content-Type': 'application/problem+json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
    })
    .end(body);
}

/** What an answer refused, for logs and metrics. */
export function problemOf(response: ServerResponse): Problem | undefined {
  return refused.get(response);
}
