import { readFileSync } from 'node:fs';
import { checkClaims, findingCodes, languages, type Profile } from '@vitrine/claims';
import { describe, expect, it } from 'vitest';
import { verifies } from '../verifies.ts';

const page = readFileSync(new URL('../../docs/tokens.md', import.meta.url), 'utf8');
const now = 1_800_000_000;

interface Example {
  readonly profile: Profile;
  /** Codes of the errors that minting must find. */
  readonly errors: readonly string[];
  readonly text: string;
}

const examples: readonly Example[] = [
  ...page.matchAll(/^```json (strict|compatible)((?: \w+)*)\n(.*?)^```$/gms),
].map(([, profile, errors = '', text = '']) => ({
  profile: profile === 'strict' ? 'strict' : 'compatible',
  errors: errors.split(' ').filter(Boolean),
  text,
}));

describe('the token reference', () => {
  it('marks every example with a profile', () => {
    expect(examples.length).toBeGreaterThan(7);
    expect(examples).toHaveLength([...page.matchAll(/^```json/gm)].length);
  });

  it.each(examples)(
    verifies('TOK-4 TOK-5 VAL-2', 'has examples that mint as the page says: $profile $errors'),
    ({ profile, errors, text }) => {
      const { findings } = checkClaims(JSON.parse(text), { profile, now, use: 'mint' });
      const found = findings.filter(({ severity }) => severity === 'error');
      expect(found.map(({ code }) => code)).toEqual(errors);
    },
  );

  it('names every language', () => {
    for (const language of languages) expect(page).toContain(`\`${language}\``);
  });

  it('names codes that exist', () => {
    for (const { errors } of examples) {
      for (const code of errors) expect(Object.keys(findingCodes)).toContain(code);
    }
  });
});
