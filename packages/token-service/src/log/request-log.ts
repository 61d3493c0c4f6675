import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { Problem } from '../problem/problem.ts';
import { redactError } from './redact-error.ts';
import { redactUrl } from './redact-url.ts';

/**
 * Logs each request once it is answered or given up: method, redacted URL, status, duration and the
 * refusal's code, with its cause from status 500 up. Never headers, never bodies.
 */
export function requestLog(log: Logger): RequestHandler {
  return function logRequest(request, response, next) {
    const startedAt = performance.now();
    response.once('close', () => {
      const problem: unknown = response.locals.problem;
      const line = {
        event: 'request',
        method: request.method,
        url: redactUrl(request.originalUrl),
        status: response.statusCode,
        durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
        ...(response.writableFinished ? {} : { aborted: true }),
        ...(problem instanceof Problem ? { code: problem.code } : {}),
      };
      if (problem instanceof Problem && problem.status >= 500) {
        log.error({ ...line, err: redactError(problem.cause) });
      } else {
        log.info(line);
      }
    });
    next();
  };
}
