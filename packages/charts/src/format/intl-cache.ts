const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** The locale, or `en-US` where the text is no locale at all. */
function safeLocale(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

/** A number formatter, made once for each locale and set of options: making one costs as much as hundreds of uses. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const cached = numberFormats.get(key);
  if (cached) return cached;
  const made = new Intl.NumberFormat(safeLocale(locale), options);
  numberFormats.set(key, made);
  return made;
}

/** A date formatter in the Gregorian calendar that reads its milliseconds as UTC (see `parseWallClock`). */
export function dateFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  const cached = dateFormats.get(key);
  if (cached) return cached;
  const made = new Intl.DateTimeFormat(safeLocale(locale), {
    ...options,
    timeZone: 'UTC',
    calendar: 'gregory',
  });
  dateFormats.set(key, made);
  return made;
}
