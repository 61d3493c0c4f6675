/** The only words of this package that a reader sees: what went wrong, and the button to try again. */
const texts = {
  de: ['Laden fehlgeschlagen', 'Wiederholen'],
  en: ['This could not be loaded', 'Try again'],
  es: ['No se pudo cargar', 'Reintentar'],
  fr: ['Échec du chargement', 'Réessayer'],
  it: ['Caricamento non riuscito', 'Riprova'],
  ja: ['読み込めませんでした', '再試行'],
  ko: ['불러오지 못했습니다', '다시 시도'],
  nl: ['Laden mislukt', 'Opnieuw'],
  pt: ['Não foi possível carregar', 'Tentar de novo'],
  ru: ['Не удалось загрузить', 'Повторить'],
  tr: ['Yüklenemedi', 'Tekrar dene'],
  zh: ['无法加载', '重试'],
} as const;

/** In the language asked for, such as `pt-BR`; else in English. */
export const errorText = (language: string): readonly [sentence: string, retry: string] =>
  texts[language.slice(0, 2) as keyof typeof texts] ?? texts.en;
