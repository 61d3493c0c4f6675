import { ClickHouseError } from '@clickhouse/client';
import { EngineError } from '../engine-error.ts';
import { tooLong } from '../within-limits.ts';

/** By the number of the server's error: timeouts, and what says that it cannot serve us now. */
const timeouts = new Set(['159', '394']);
/** Too many queries, authentication, network, no such database, user or password, shutdown. */
const away = new Set(['202', '193', '194', '192', '209', '210', '81', '497', '516', '236', '735']);

/** A failure as a code; what the server said about it may quote data and goes no further. */
export function engineErrorOf(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (!(error instanceof ClickHouseError) || away.has(error.code)) {
    return new EngineError('source_unavailable', 'The database cannot be reached.');
  }
  if (timeouts.has(error.code)) return tooLong();
  return new EngineError('query_failed', 'The database refused the query.');
}
