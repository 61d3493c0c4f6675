/** The window of `maxOpensPerMinute`. */
export const minuteMs = 60_000;

/** Usage is counted in quarters of an hour UTC: every zone's midnight is the edge of one. */
export const bucketMs = 15 * 60_000;

/** The bucket that holds a moment (UTC milliseconds). */
export function bucketOf(at: number): number {
  return Math.floor(at / bucketMs);
}
