import { describe, expect, it } from 'vitest';
import { verifies } from '../verifies.ts';
import { naughtyStrings } from './naughty-strings.ts';
import { xssVectors } from './xss-vectors.ts';

describe('the corpus of hostile strings', () => {
  it(verifies('H-1 B-7', 'is large enough, of lines that a title can be'), () => {
    expect(naughtyStrings.length).toBeGreaterThanOrEqual(515);
    expect(xssVectors.length).toBeGreaterThanOrEqual(300);
    const all = [...naughtyStrings, ...xssVectors];
    expect(new Set(all).size).toBe(all.length);
    expect(all.filter((text) => text.length > 200 || /\p{Cc}/u.test(text))).toEqual([]);
    for (const vector of xssVectors) expect(vector).toMatch(/trap|passwd/);
  });
});
