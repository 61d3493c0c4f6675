import { bucketMs, bucketOf } from './bucket.ts';

/** No local day is longer than this, clock changes included. */
const maxBucketsPerDay = (26 * 60 * 60_000) / bucketMs;

/**
 * The first usage bucket of the reader's today. Walks back while the local date stays the same, so
 * that days of 23 or 25 hours, midnights that a clock change skips and half-hour zones come out right.
 * Throws `RangeError` for an unknown time zone.
 */
export function startOfToday(now: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const today = format.format(now);
  let bucket = bucketOf(now);
  for (let step = 0; step < maxBucketsPerDay; step += 1) {
    if (format.format((bucket - 1) * bucketMs) !== today) break;
    bucket -= 1;
  }
  return bucket;
}
