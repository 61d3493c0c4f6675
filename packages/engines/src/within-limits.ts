import type { EngineQuery } from './engine.ts';
import { EngineError } from './engine-error.ts';

/**
 * Runs work until it is done, its time is over or the caller's signal is aborted, whichever comes first; the work itself
 * hears of both by the signal it gets, whose reason is the `EngineError`. Codes `query_timeout`, `query_cancelled`.
 */
export async function withinLimits<Result>(
  { timeoutMs, signal }: Pick<EngineQuery, 'timeoutMs' | 'signal'>,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const limit = new AbortController();
  const end = Promise.withResolvers<never>();
  const stop = (reason: EngineError) => {
    limit.abort(reason);
    end.reject(reason);
  };
  const timer = setTimeout(() => stop(tooLong()), timeoutMs);
  const onAbort = () => stop(cancelled());
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    return await Promise.race([end.promise, work(limit.signal)]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

/** What a query that took longer than it may ends with. */
export function tooLong(): EngineError {
  return new EngineError('query_timeout', 'The query took too long.');
}

/** What a query ends with that nobody waits for any more. */
export function cancelled(): EngineError {
  return new EngineError('query_cancelled', 'The query was cancelled.');
}
