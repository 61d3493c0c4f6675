import { languages } from '@vitrine/claims';
import { timeZoneNamed } from '../http/time-zone-named.ts';

/** Where a session is shown. */
export interface Surroundings {
  readonly timeZone: string;
  readonly theme: string | null;
  readonly language: string | null;
}

const themePattern = /^[0-9a-f]{24}$/i;

/** What the viewer said of itself; anything that does not exist falls to its default (E-10). */
export function surroundingsOf(wishes: {
  readonly timeZone?: string;
  readonly theme?: string;
  readonly language?: string;
}): Surroundings {
  const { timeZone = '', theme = '', language = '' } = wishes;
  return {
    timeZone: timeZoneNamed(timeZone) ?? 'UTC',
    theme: themePattern.test(theme) ? theme : null,
    language: languages.find((known) => known === language) ?? null,
  };
}
