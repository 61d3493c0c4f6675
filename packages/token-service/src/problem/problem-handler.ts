import type { NextFunction, Request, Response } from 'express';
import { problemFrom } from './problem-from.ts';
import { writeProblem } from './write-problem.ts';

/** The one error middleware: every refusal as problem details. An unknown error becomes `server_error`. */
export function problemHandler(
  error: unknown,
  _request: Request,
  response: Response,
  _next: NextFunction,
): void {
  writeProblem(response, problemFrom(error));
}
