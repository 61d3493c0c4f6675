import type { Language } from '@vitrine/claims';
import { enUS } from './en-US.ts';
import type { Messages } from './messages.ts';

const loaders: Readonly<Record<Language, () => Promise<Messages>>> = {
  'de-DE': async () => (await import('./de-DE.ts')).deDE,
  'en-US': async () => enUS,
  'es-AR': async () => (await import('./es-AR.ts')).esAR,
  'es-ES': async () => (await import('./es-ES.ts')).esES,
  'fr-FR': async () => (await import('./fr-FR.ts')).frFR,
  'it-IT': async () => (await import('./it-IT.ts')).itIT,
  'ja-JP': async () => (await import('./ja-JP.ts')).jaJP,
  'ko-KR': async () => (await import('./ko-KR.ts')).koKR,
  'nl-NL': async () => (await import('./nl-NL.ts')).nlNL,
  'pt-BR': async () => (await import('./pt-BR.ts')).ptBR,
  'ru-RU': async () => (await import('./ru-RU.ts')).ruRU,
  'tr-TR': async () => (await import('./tr-TR.ts')).trTR,
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCN,
};

/** The languages there is a catalogue for. */
export const interfaceLanguages = Object.keys(loaders) as readonly Language[];

/** Loads a catalogue; English, which is always there, where it cannot be had. */
export async function loadMessages(
  language: Language,
): Promise<{ language: Language; messages: Messages }> {
  try {
    return { language, messages: await loaders[language]() };
  } catch {
    return { language: 'en-US', messages: enUS };
  }
}

/** The interface language nearest to what is wished for: the same tag, else the same language, else English. */
export function nearestLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const exact = interfaceLanguages.find((tag) => tag.toLowerCase() === wish.toLowerCase());
    const primary = wish.split('-')[0]?.toLowerCase();
    const sibling = primary === 'es' ? 'es-ES' : undefined;
    const near = sibling ?? interfaceLanguages.find((tag) => tag.startsWith(`${primary}-`));
    if (exact ?? near) return (exact ?? near) as Language;
  }
  return 'en-US';
}
