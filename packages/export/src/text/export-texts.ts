/** The words a file needs besides the data's own. */
const noDataTexts: Readonly<Record<string, string>> = {
  de: 'Keine Daten',
  en: 'No data',
  es: 'Sin datos',
  fr: 'Aucune donnée',
  it: 'Nessun dato',
  ja: 'データがありません',
  ko: '데이터 없음',
  nl: 'Geen gegevens',
  pt: 'Sem dados',
  ru: 'Нет данных',
  tr: 'Veri yok',
  zh: '无数据',
};

/** What stands in a widget without rows, in an interface language (`de-DE`); English for others than the thirteen. */
export function noDataText(language: string): string {
  return noDataTexts[language.split('-')[0] ?? ''] ?? 'No data';
}
