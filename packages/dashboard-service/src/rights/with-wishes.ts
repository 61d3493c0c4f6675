import { languages } from '@vitrine/claims';
import type { LiveSession } from '@vitrine/token-service';

/** What the page around the viewer wishes by now, as headers say it: `none` takes back what the session began with. */
export interface Wishes {
  readonly theme: string | undefined;
  readonly language: string | undefined;
}

/** The session as if it had been opened with these wishes. An unknown language counts as none, an unknown theme too (EMB-6). */
export function withWishes(session: LiveSession, { theme, language }: Wishes): LiveSession {
  if (theme === undefined && language === undefined) return session;
  const { embedTheme = 'none', language: spoken, ...rest } = session;
  const wishedTheme = theme ?? embedTheme;
  const wishedLanguage = languages.find((known) => known === (language ?? spoken));
  return {
    ...rest,
    ...(wishedTheme === 'none' ? {} : { embedTheme: wishedTheme }),
    ...(wishedLanguage === undefined ? {} : { language: wishedLanguage }),
  };
}
