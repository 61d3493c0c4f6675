import { languages } from '@vitrine/claims';
import * as v from 'valibot';

/** Object id: 24 lower-case hex digits. Quoted in YAML, since digits alone would be a number there. */
export const oid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{24}$/, 'must be 24 lower-case hex digits'),
);

/** A name shown to people: one line, 1 to 200 characters. */
export const label = v.pipe(
  v.string(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(200, 'must not be longer than 200 characters'),
  v.regex(/^[^\p{Cc}]*$/u, 'must not contain control characters'),
);

/** A data source's title stands in URLs as one segment, hence no slashes. */
export const sourceTitle = v.pipe(
  v.string(),
  v.minLength(1, 'must not be empty'),
  v.maxLength(200, 'must not be longer than 200 characters'),
  v.regex(/^[^\p{Cc}/\\]*$/u, 'must not contain slashes or control characters'),
);

/** Id of a user or a group: what `sub` names. */
export const directoryId = v.pipe(label);

export const language = v.picklist(languages, 'must be one of the supported languages');

/** IANA time zone. */
export const timeZone = v.pipe(
  v.string(),
  v.check((name) => isTimeZone(name), 'must be an IANA time zone, such as Europe/Vienna'),
);

/** True where `Intl` knows the time zone. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
