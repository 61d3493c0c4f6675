import type { RequestHandler } from 'express';
import { Problem } from '../problem/problem.ts';
import type { ServiceMetrics } from './service-metrics.ts';

/** Counts how each exchange ended, by the refusal that `problemHandler` left. */
export function countExchange({
  exchangesRefused,
  exchangeSeconds,
}: ServiceMetrics): RequestHandler {
  return function countOnClose(_request, response, next) {
    const stop = exchangeSeconds.startTimer();
    response.once('close', () => {
      const problem: unknown = response.locals.problem;
      const isRefused = problem instanceof Problem;
      if (isRefused) exchangesRefused.inc({ code: problem.code });
      stop({ outcome: isRefused ? 'refused' : 'opened' });
    });
    next();
  };
}
