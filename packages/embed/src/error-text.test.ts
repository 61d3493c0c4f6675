import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { errorText } from './error-text.ts';

describe('errorText', () => {
  it(
    verifies('EMB-8', 'has words for each of the thirteen languages, and English for any other'),
    () => {
      const languages =
        'de-DE en-US es-AR es-ES fr-FR it-IT ja-JP ko-KR nl-NL pt-BR ru-RU tr-TR zh-CN'.split(' ');
      const sentences = languages.map((language) => errorText(language)[0]);
      expect(new Set(sentences).size).toBe(12);
      expect(errorText('sv-SE')).toBe(errorText('en-US'));
      expect(errorText('')).toBe(errorText('en-US'));
      expect(errorText('constructor')).toBe(errorText('en-US'));
    },
  );
});
