import { checkTheme, type Theme, ThemeError } from '@vitrine/charts';
import { type Built, built } from './build-context.ts';
import { keysOf } from './document-pointer.ts';
import type { FileEntry } from './read-content-file.ts';

/** Checks a theme's colours, fonts and sizes with the rules of those who draw with it. */
export function buildTheme(entry: FileEntry): Built {
  const theme = entry.object as Theme;
  try {
    checkTheme(theme);
  } catch (error) {
    if (!(error instanceof ThemeError)) throw error;
    return { faults: [entry.faultAt(keysOf(error.pointer), `is not allowed (${error.code})`)] };
  }
  return built({ kind: 'themes', object: theme }, []);
}
