import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { checkClaims } from './parse-claims.ts';

const now = 1_800_000_000;
const kid = '6102ad6c86792300351fd952';
const uses = ['mint', 'open', 'test'] as const;

describe('aud', () => {
  it.each([
    [{ aud: kid }, undefined],
    [{}, 'audience_missing'],
    [{ aud: kid.toUpperCase() }, 'audience_wrong'],
    [{ aud: 'f'.repeat(24) }, 'audience_wrong'],
    [{ aud: [kid] }, 'audience_wrong'],
    [{ aud: [kid, 'f'.repeat(24)] }, 'audience_wrong'],
    [{ aud: null }, 'audience_wrong'],
    [{ aud: '' }, 'audience_wrong'],
  ])(verifies('TOK-17 A-1', 'of a signed token names its configuration: %j'), (claims, code) => {
    for (const use of uses) {
      for (const profile of ['compatible', 'strict'] as const) {
        const exp = now + 5;
        const value = { sub: 'u', exp, grants: { prm: [] }, ...claims };
        const result = checkClaims(value, { use, now, profile, audience: kid });
        expect(result.findings.map((finding) => finding.code)).toEqual(code ? [code] : []);
        expect(result.claims?.aud).toBe(code ? undefined : kid);
      }
    }
  });

  it(verifies('TOK-17', 'has no meaning in a plain token'), () => {
    const { claims, findings } = checkClaims({ sub: 'u', aud: kid }, { use: 'open', now });
    expect(findings.map(({ code }) => code)).toContain('name_unknown');
    expect(claims).toEqual({ sub: 'u' });
  });
});

describe('uses', () => {
  it.each([
    [{ jti: 'a', uses: 1 }, []],
    [{ jti: 'a', uses: 1_000_000 }, []],
    [{ uses: 1 }, ['uses_without_jti']],
    [{ jti: 'a', uses: 0 }, ['uses_form']],
    [{ jti: 'a', uses: -1 }, ['uses_form']],
    [{ jti: 'a', uses: 1.5 }, ['uses_form']],
    [{ jti: 'a', uses: 1_000_001 }, ['uses_form']],
    [{ jti: 'a', uses: '1' }, ['uses_form']],
    [{ jti: 'a', uses: null }, ['uses_form']],
    [{ jti: '', uses: 1 }, ['text_empty', 'uses_without_jti']],
  ])(verifies('TOK-18', 'is a number of sessions, counted by jti: %j'), (claims, codes) => {
    for (const use of uses) {
      const result = checkClaims({ sub: 'u', grants: { prm: [] }, ...claims }, { use, now });
      expect(result.findings.map(({ code }) => code)).toEqual(codes);
    }
  });
});
