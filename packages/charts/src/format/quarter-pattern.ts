/**
 * Quarters, which Intl does not write. Source: CLDR 48 (`cldr-dates-full`, ca-gregorian: `quarters.format`
 * abbreviated and availableFormats `yQQQ`; for Japanese `yQQQQ`, since `2001/Q1` is not used in reports there).
 * `{q}` is the number of the quarter, `{y}` the year.
 */
const patterns: Readonly<Record<string, readonly [alone: string, withYear: string]>> = {
  de: ['Q{q}', 'Q{q} {y}'],
  en: ['Q{q}', 'Q{q} {y}'],
  es: ['T{q}', 'T{q} {y}'],
  'es-AR': ['T{q}', 'T{q} de {y}'],
  fr: ['T{q}', 'T{q} {y}'],
  it: ['T{q}', 'T{q} {y}'],
  ja: ['Q{q}', '{y}年第{q}四半期'],
  ko: ['{q}분기', '{y}년 {q}분기'],
  nl: ['K{q}', 'K{q} {y}'],
  pt: ['T{q}', 'T{q} de {y}'],
  ru: ['{q}-й кв.', '{q}-й кв. {y}\u00a0г.'],
  tr: ['Ç{q}', '{y} Ç{q}'],
  zh: ['{q}季度', '{y}年第{q}季度'],
};

/** Writes a quarter (1 to 4), with its year where one is given; other languages than the table's read `Q1 2001`. */
export function formatQuarter(quarter: number, year: number | undefined, locale: string): string {
  const language = locale.split('-')[0] ?? '';
  const [alone, withYear] = patterns[locale] ?? patterns[language] ?? ['Q{q}', 'Q{q} {y}'];
  return (year === undefined ? alone : withYear)
    .replace('{q}', String(quarter))
    .replace('{y}', String(year));
}
