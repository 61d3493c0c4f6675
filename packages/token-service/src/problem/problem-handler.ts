import type { NextFunction, Request, Response } from 'express';
import { problemFrom } from './problem-from.ts';

/**
 * The one error middleware: writes every refusal as problem details (RFC 9457) and leaves it in
 * `response.locals.problem` for the request log. An unknown error becomes `server_error`.
 */
export function problemHandler(
  error: unknown,
  _request: Request,
  response: Response,
  _next: NextFunction,
): void {
  const problem = problemFrom(error);
  response.locals.problem = problem;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response
    .status(problem.status)
    .set({ 'Cache-Control': 'no-store', ...problem.headers })
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}
