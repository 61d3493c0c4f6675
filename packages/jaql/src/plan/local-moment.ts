import type { Value } from '../filter/value.ts';
import { JaqlError } from '../jaql-error.ts';

const formats = new Map<string, Intl.DateTimeFormat>();
/** More zones than there are; a bound on what clients can make the process keep. */
const mostFormats = 1_000;

/** The wall clock of a time zone at a moment. Code `query_invalid` for an unknown zone. */
export function localMoment(now: Date, timeZone: string): Value {
  // The Swedish form is ISO 8601 but for the blank.
  const text = formatOf(timeZone).format(now).replace(' ', 'T');
  return { type: 'timestamp', value: text };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  try {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    if (formats.size >= mostFormats) formats.clear();
    formats.set(timeZone, format);
    return format;
  } catch (cause) {
    throw new JaqlError('query_invalid', 'The time zone is unknown.', { cause });
  }
}
