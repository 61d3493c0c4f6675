import { wholeNumber } from './whole-number.ts';
import { withoutUndefined } from './without-undefined.ts';

/** What serving may take, as far as the environment says; the rest is the service's default. */
export interface ServingSettings {
  readonly maxRows?: number;
  readonly queryTimeoutMs?: number;
  readonly resultCacheBytes?: number;
  readonly queryLimits: {
    readonly running?: number;
    readonly runningPerOwner?: number;
    readonly waiting?: number;
    readonly waitingPerOwner?: number;
  };
  readonly exportLimits: {
    readonly running?: number;
    readonly waiting?: number;
    readonly timeoutMs?: number;
    readonly maxRows?: number;
  };
}

const mebibyte = 1024 ** 2;

/** @throws EnvironmentError for a value that is no whole number within its bounds */
export function readServing(
  variables: Readonly<Record<string, string | undefined>>,
): ServingSettings {
  const read = (name: string, least: number, most: number) =>
    wholeNumber(variables, name, { least, most });
  const cacheMebibytes = read('RESULT_CACHE_MB', 0, 65_536);
  return {
    ...withoutUndefined({
      maxRows: read('MAX_ROWS', 1, 1_000_000),
      queryTimeoutMs: read('QUERY_TIMEOUT_MS', 100, 3_600_000),
      resultCacheBytes: cacheMebibytes && cacheMebibytes * mebibyte,
    }),
    queryLimits: withoutUndefined({
      running: read('QUERIES_RUNNING', 1, 1000),
      runningPerOwner: read('QUERIES_RUNNING_PER_SESSION', 1, 1000),
      waiting: read('QUERIES_WAITING', 0, 100_000),
      waitingPerOwner: read('QUERIES_WAITING_PER_SESSION', 0, 100_000),
    }),
    exportLimits: withoutUndefined({
      running: read('EXPORTS_RUNNING', 1, 64),
      waiting: read('EXPORTS_WAITING', 0, 10_000),
      timeoutMs: read('EXPORT_TIMEOUT_MS', 100, 3_600_000),
      maxRows: read('EXPORT_MAX_ROWS', 1, 10_000_000),
    }),
  };
}
