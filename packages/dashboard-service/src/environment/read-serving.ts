import { EnvironmentError } from './environment-error.ts';

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
}

const mebibyte = 1024 ** 2;

/** @throws EnvironmentError for a value that is no whole number within its bounds */
export function readServing(
  variables: Readonly<Record<string, string | undefined>>,
): ServingSettings {
  const read = (name: string, least: number, most: number) =>
    wholeNumber(variables[name]?.trim() || undefined, name, least, most);
  const cacheMebibytes = read('RESULT_CACHE_MB', 0, 65_536);
  return {
    ...given('maxRows', read('MAX_ROWS', 1, 1_000_000)),
    ...given('queryTimeoutMs', read('QUERY_TIMEOUT_MS', 100, 3_600_000)),
    ...given('resultCacheBytes', cacheMebibytes && cacheMebibytes * mebibyte),
    queryLimits: {
      ...given('running', read('QUERIES_RUNNING', 1, 1000)),
      ...given('runningPerOwner', read('QUERIES_RUNNING_PER_SESSION', 1, 1000)),
      ...given('waiting', read('QUERIES_WAITING', 0, 100_000)),
      ...given('waitingPerOwner', read('QUERIES_WAITING_PER_SESSION', 0, 100_000)),
    },
  };
}

function wholeNumber(
  text: string | undefined,
  name: string,
  least: number,
  most: number,
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d{1,9}$/.test(text) || number < least || number > most) {
    throw new EnvironmentError(name, `must be a whole number from ${least} to ${most}.`);
  }
  return number;
}

function given<Name extends string>(
  name: Name,
  value: number | undefined,
): { readonly [name in Name]?: number } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [name in Name]: number });
}
