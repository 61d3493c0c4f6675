const pattern = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?Z?$/;

/**
 * Milliseconds of a local wall-clock text `YYYY-MM-DD[THH:mm[:ss]]`, counted as if it were UTC so that no zone
 * ever shifts it; undefined where the text is not such a date.
 */
export function parseWallClock(text: unknown): number | undefined {
  const match = typeof text === 'string' ? pattern.exec(text) : null;
  if (match === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)));
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const isCalendarDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isCalendarDate && hour < 24 && minute < 60 && second < 60 ? date.getTime() : undefined;
}
