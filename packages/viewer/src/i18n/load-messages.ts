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

/** The interface language that a tag asks for: the same tag, else one of the same language; undefined where there is none. */
export function languageFor(tag: string): Language | undefined {
  const primary = tag.split('-')[0]?.toLowerCase();
  const exact = interfaceLanguages.find((known) => known.toLowerCase() === tag.toLowerCase());
  if (exact) return exact;
  return primary === 'es'
    ? 'es-ES'
    : interfaceLanguages.find((known) => known.startsWith(`${primary}-`));
}

/** The first interface language that one of these tags asks for, else English. */
export function nearestLanguage(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const found = languageFor(wish);
    if (found) return found;
  }
  return 'en-US';
}
