import { ClickHouseError } from '@clickhouse/client';
import { EngineError } from '../engine-error.ts';
import { tooLong } from '../within-limits.ts';

/** By the number of the server's error: time is over, a quota or the number of queries at once is used up. */
const timeouts = new Set(['159', '394']);
const exhausted = new Set(['201', '202']);
/**
 * What says that it cannot serve us now: authentication, network, no such database, user or password, shutdown; of a cluster
 * a shard without a server, or with none that is up to date.
 */
const away = new Set([
  '81',
  '192',
  '193',
  '194',
  '209',
  '210',
  '236',
  '279',
  '285',
  '369',
  '497',
  '516',
  '519',
  '735',
]);

/** A failure as a code; what the server said about it may quote data and goes no further. */
export function engineErrorOf(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (!(error instanceof ClickHouseError) || away.has(error.code)) {
    return new EngineError('source_unavailable', 'The database cannot be reached.');
  }
  if (timeouts.has(error.code)) return tooLong();
  if (exhausted.has(error.code)) {
    return new EngineError('overloaded', 'The database takes no more queries now.');
  }
  return new EngineError('query_failed', 'The database refused the query.');
}
