const maxKnown = 1000;
const known = new Map<string, string>();

/** The IANA name of a time zone as written by a client, or undefined where there is none such. */
export function timeZoneNamed(text: string): string | undefined {
  const found = known.get(text);
  if (found !== undefined) return found;
  // Names only: the query engines do not know offsets such as +05:45.
  if (!/^[A-Za-z][\w+/-]{1,63}$/.test(text)) return undefined;
  try {
    const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: text }).resolvedOptions();
    if (known.size < maxKnown) known.set(text, timeZone);
    return timeZone;
  } catch {
    return undefined;
  }
}
