import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { problemOf } from '../problem/write-problem.ts';
import { redactError } from './redact-error.ts';
import { redactUrl } from './redact-url.ts';

/** As `logRequest`, for Express. */
export function requestLog(log: Logger): RequestHandler {
  return function logEach(request, response, next) {
    logRequest(log, request, response);
    next();
  };
}

/**
 * Logs a request once it is answered or given up: method, redacted URL, status, duration and the
 * refusal's code, with its cause from status 500 up. Never headers, never bodies.
 */
export function logRequest(log: Logger, request: IncomingMessage, response: ServerResponse): void {
  const startedAt = performance.now();
  // Express shortens `url` while it routes.
  const { method, url = '' } = request;
  response.once('close', () => {
    const problem = problemOf(response);
    const isFault = problem !== undefined && problem.status >= 500;
    if (!log.isLevelEnabled(isFault ? 'error' : 'info')) return;
    const line = {
      event: 'request',
      method,
      url: redactUrl(url),
      status: response.statusCode,
      durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
      ...(response.writableFinished ? {} : { aborted: true }),
      ...(problem === undefined ? {} : { code: problem.code }),
    };
    if (isFault) {
      log.error({ ...line, err: redactError(problem.cause) });
    } else {
      log.info(line);
    }
  });
}
