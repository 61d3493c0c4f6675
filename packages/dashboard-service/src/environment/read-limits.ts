import { defaultLimits, type Limits, type Rate } from '@vitrine/token-service';
import { wholeNumber } from './whole-number.ts';
import { withoutUndefined } from './without-undefined.ts';

/** How long sessions last and what strangers may cost, as far as the environment says; the rest is the service's default. */
export interface LimitSettings {
  readonly idleTimeoutMs?: number;
  readonly absoluteTimeoutMs?: number;
  readonly clockToleranceSeconds?: number;
  readonly limits: Partial<Limits>;
  readonly connections: {
    readonly inAll?: number;
    readonly perAddress?: number;
  };
}

const day = 86_400;
const mebibyte = 1024 ** 2;

/** @throws EnvironmentError for a value that is no whole number within its bounds */
export function readLimits(variables: Readonly<Record<string, string | undefined>>): LimitSettings {
  const read = (name: string, least: number, most: number, factor = 1) => {
    const number = wholeNumber(variables, name, { least, most });
    return number === undefined ? undefined : number * factor;
  };
  const rate = (name: string, { burst, perSecond }: Rate): Rate => ({
    burst: read(`${name}_BURST`, 1, 1_000_000) ?? burst,
    perSecond: read(`${name}_RATE`, 1, 100_000) ?? perSecond,
  });
  const { failuresPerAddress, failuresPerConfiguration } = defaultLimits;
  return {
    ...withoutUndefined({
      idleTimeoutMs: read('SESSION_IDLE_TIMEOUT', 60, day, 1000),
      absoluteTimeoutMs: read('SESSION_ABSOLUTE_TIMEOUT', 60, 30 * day, 1000),
      clockToleranceSeconds: read('CLOCK_TOLERANCE', 0, 60),
    }),
    limits: withoutUndefined({
      failuresPerAddress: rate('FAILURES_PER_ADDRESS', failuresPerAddress),
      failuresPerConfiguration: rate('FAILURES_PER_CONFIGURATION', failuresPerConfiguration),
      decryptionsRunning: read('DECRYPTIONS_RUNNING', 1, 1024),
      decryptionsWaiting: read('DECRYPTIONS_WAITING', 0, 100_000),
      rememberedTokens: read('REMEMBERED_TOKENS', 0, 10_000_000),
      rememberedBytes: read('REMEMBERED_MB', 0, 65_536, mebibyte),
    }),
    connections: withoutUndefined({
      inAll: read('MAX_CONNECTIONS', 10, 1_000_000),
      perAddress: read('MAX_CONNECTIONS_PER_ADDRESS', 1, 1_000_000),
    }),
  };
}
