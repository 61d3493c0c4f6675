import { UsageError } from './usage-error.ts';

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Seconds of `20s`, `15m`, `24h` or `7d`. Throws `UsageError`. */
export function parseDuration(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const factor = secondsOf[unit];
  if (factor === undefined) {
    throw new UsageError('Write a duration as a number with s, m, h or d, such as 15m.');
  }
  return Number(count) * factor;
}
