import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A family with the two weights that drawings use. */
export interface FontFace {
  readonly family: string;
  /** TrueType or OpenType files. */
  readonly regular: string;
  /** For weights from 600 on. Default: the regular file. */
  readonly bold?: string;
  /** Languages whose letter forms this family has: asked first for a locale of theirs. */
  readonly languages?: readonly string[];
}

const require = createRequire(import.meta.url);

function fileOf(packageName: string, path: string): string {
  return join(dirname(require.resolve(packageName)), path);
}

/**
 * The fonts that come along, all SIL OFL 1.1: Latin, Greek and Cyrillic (Inter), Japanese (BIZ UDPGothic), Korean (Nanum Gothic),
 * simplified Chinese (Noto Sans Hans). The machine's own fonts are not asked, so that a file looks the same wherever it is made.
 */
export const packagedFonts: readonly FontFace[] = [
  {
    family: 'Inter',
    regular: fileOf('@expo-google-fonts/inter', '400Regular/Inter_400Regular.ttf'),
    bold: fileOf('@expo-google-fonts/inter', '600SemiBold/Inter_600SemiBold.ttf'),
  },
  {
    family: 'BIZ UDPGothic',
    regular: fileOf('@expo-google-fonts/biz-udpgothic', '400Regular/BIZUDPGothic_400Regular.ttf'),
    bold: fileOf('@expo-google-fonts/biz-udpgothic', '700Bold/BIZUDPGothic_700Bold.ttf'),
    languages: ['ja'],
  },
  {
    family: 'NanumGothic',
    regular: fileOf('@expo-google-fonts/nanum-gothic', '400Regular/NanumGothic_400Regular.ttf'),
    bold: fileOf('@expo-google-fonts/nanum-gothic', '700Bold/NanumGothic_700Bold.ttf'),
    languages: ['ko'],
  },
  {
    family: 'Noto Sans S Chinese',
    regular: fileOf('@embedpdf/fonts-sc', '../fonts/NotoSansHans-Regular.otf'),
    bold: fileOf('@embedpdf/fonts-sc', '../fonts/NotoSansHans-Bold.otf'),
    languages: ['zh'],
  },
];
