import { describe, expect, it } from 'vitest';
import { dataCodes } from './codes/data-codes.ts';
import { tokenCodes } from './codes/token-codes.ts';
import { findingOf } from './finding.ts';
import { type FindingCode, findingCodes, isFindingCode } from './finding-codes.ts';
import { checkClaims, parseClaims } from './parse-claims.ts';

const codes = Object.keys(findingCodes).filter(isFindingCode);

describe('the table of codes', () => {
  it.each(codes)('%s is snake_case, and has a sentence and a hint', (code: FindingCode) => {
    const { message, hint } = findingOf(code);
    expect(code).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/);
    expect(message).toMatch(/^[A-Z].*\.$/s);
    expect(hint).toMatch(/\.$/s);
  });

  it('takes severity from the use, and from strict before it', () => {
    const severity = (use: 'mint' | 'open', profile: 'compatible' | 'strict') =>
      findingOf('name_misplaced', { use, profile }).severity;
    expect(severity('mint', 'compatible')).toBe('error');
    expect(severity('open', 'compatible')).toBe('warning');
    expect(severity('open', 'strict')).toBe('error');
  });

  it('writes pointers as RFC 6901 says, and ends them before a very long name', () => {
    expect(findingOf('not_text', { path: ['a/b', 'c~d', 0] }).pointer).toBe('/a~1b/c~0d/0');
    expect(findingOf('not_text', { path: ['a', 'x'.repeat(129), 'b'] }).pointer).toBe('/a');
  });

  it('has no code that claims cannot bring about', () => {
    const now = 1_800_000_000;
    const long = 'x'.repeat(81_201);
    const rule = { dataSourceTitle: 'A', table: 'T', column: 'C' };
    const ofRule = (more: object) => ({
      sub: 'u',
      grants: { acl: [{ ...rule, ...more }], prm: [] },
    });
    const texts = [
      ...[
        '\ufeff{}',
        '{',
        `"${'x'.repeat(1_048_577)}"`,
        '['.repeat(33),
        `[${'0,'.repeat(200_000)}0]`,
      ],
      ...[`"${long}"`, '{"a":1,"a":2}', '1e999', '{"__proto__":1}', '"\\u0000"', '[]', '{}'],
    ];
    const values: object[] = [
      ...[
        { sub: () => 1 },
        { sub: 5 },
        { sub: '' },
        { sub: 'x'.repeat(257) },
        { sub: 'u', trc: 5 },
        { sub: 'u', uses: 0 },
        { sub: 'u', uses: 1 },
        { sub: 'u', aud: 'other' },
      ],
      ...['x', -1, 1e12, 1e15, now].map((exp) => ({ sub: 'u', exp })),
      ...[{ acl: [] }, { x: 1 }, { Exp: 1 }, { lng: 'x', loc: 'x', thm: 'x' }].map((more) => ({
        sub: 'u',
        ...more,
      })),
      ...[{ exp: now + 5, nbf: now + 5 }, { exp: now + 99 }].map((more) => ({ sub: 'u', ...more })),
      {
        sub: 'u',
        trc: [...Array(21).fill('x'), long],
        grants: { prm: ['x'], res: ['x'], flt: ['x'] },
      },
      ...[
        { sub: 'u', grants: { acl: [] } },
        { sub: 'u', grants: { flt: [{ jaql: { title: long } }] } },
        { sub: 'u', grants: { flt: [{ jaql: { dim: '[T.C(Calendar)]' } }] } },
      ],
      ...[{ table: undefined }, { members: [true] }, { datatype: 'x' }, { exclusionary: 1 }].map(
        ofRule,
      ),
      ...[
        {},
        { exclusionary: true },
        { members: ['x'], allMembers: true },
        { members: [2 ** 53] },
      ].map(ofRule),
      ofRule({ members: ['x'], datatype: 'numeric' }),
    ];
    const options = { use: 'test', now } as const;
    const results = [
      ...texts.map((text) => parseClaims(text, options)),
      ...values.map((value) => checkClaims(value, options)),
      ...values.map((value) =>
        checkClaims(value, { ...options, profile: 'strict', maxLifetimeSeconds: 60 }),
      ),
      ...values.map((value) => checkClaims(value, { ...options, audience: 'kid' })),
    ];
    const seen = new Set(results.flatMap(({ findings }) => findings.map(({ code }) => code)));
    // The text of a token, its header and key, and data are judged by other packages.
    const elsewhere = new Set<string>([
      ...Object.keys(tokenCodes),
      ...Object.keys(dataCodes),
      'json_not_utf8',
    ]);
    expect(codes.filter((code) => !seen.has(code) && !elsewhere.has(code))).toEqual([]);
  });
});
