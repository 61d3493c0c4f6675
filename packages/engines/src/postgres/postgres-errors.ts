import { DatabaseError } from 'pg';
import { EngineError } from '../engine-error.ts';
import { tooLong } from '../within-limits.ts';

/** PostgreSQL's class 08 (connection), 28 (authorization), 53 (too many connections) and 57P (shutdown). */
const away = /^(?:08|28|3D|53300|57P)/;
const queryCancelled = '57014';

/** A failure as a code; what the server said about it may quote data and goes no further. */
export function engineErrorOf(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (!(error instanceof DatabaseError) || away.test(error.code ?? '')) {
    return new EngineError('source_unavailable', 'The database cannot be reached.');
  }
  // The server's own limit: those of the caller end a query before their error comes back.
  if (error.code === queryCancelled) return tooLong();
  return new EngineError('query_failed', 'The database refused the query.');
}
