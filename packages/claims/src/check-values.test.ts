import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { languages } from './claims.ts';
import { grantLength } from './grant-length.ts';
import { checkClaims, parseClaims } from './parse-claims.ts';

const now = 1_800_000_000;
const oid = '6128c62ea23e09002c411453';
const uses = ['mint', 'open', 'test'] as const;

const errorsOf = (claims: object, use: (typeof uses)[number] = 'mint') =>
  checkClaims({ sub: 'u', ...claims }, { use, now })
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ code, pointer }) => `${code} ${pointer}`);

describe('values', () => {
  it.each(languages)(verifies('TOK-12 E-10', 'takes %s as language and locale'), (name) => {
    for (const use of uses) expect(errorsOf({ lng: name, loc: name }, use)).toEqual([]);
  });

  const others = [
    'de',
    'DE-de',
    'de_DE',
    'en',
    'en-GB',
    'en-us',
    'es-MX',
    'fr-CA',
    'pt-PT',
    'zh-TW',
  ];
  const odd = ['', ' ', 'en-US ', 'constructor', 'toString', '../en-US', 'x'.repeat(1_000)];
  it.each([...others, ...odd])(verifies('TOK-12 E-10', 'refuses %.20j at mint'), (name) => {
    expect(errorsOf({ lng: name, loc: name })).toEqual([
      'language_unknown /lng',
      'locale_unknown /loc',
    ]);
  });

  it.each([
    ['dashboards/6128c62ea23e09002c411453', true],
    ['6128c62ea23e09002c411453', false],
    ['/dashboards/6128c62ea23e09002c411453', false],
    ['dashboards/6128c62ea23e09002c41145', false],
    ['dashboards/6128c62ea23e09002c4114533', false],
    ['dashboards/6128c62ea23e09002c41145\u0433', false],
    ['dashboards/6128c62ea23e09002c411453\n', false],
    ['dashboards/6128c62ea23e09002c411453/widgets/6128c62ea23e09002c411453', false],
    ['dashboards/*', false],
    ['', false],
  ])(verifies('TOK-7 B-7', 'judges the resource %j'), (resource, isGood) => {
    for (const use of uses) {
      const errors = isGood ? [] : ['resource_form /grants/res/0'];
      expect(errorsOf({ grants: { res: [resource] } }, use)).toEqual(errors);
    }
  });

  it(verifies('TOK-11', 'takes filter and export only'), () => {
    expect(errorsOf({ grants: { prm: ['filter', 'export'] } })).toEqual([]);
    expect(errorsOf({ grants: { prm: ['Filter', 'edit', ''] } }, 'open')).toEqual([
      'ability_unknown /grants/prm/0',
      'ability_unknown /grants/prm/1',
      'ability_unknown /grants/prm/2',
    ]);
  });

  it(verifies('TOK-13 I-6', 'takes 20 tags of 64 characters'), () => {
    const tag = 'x'.repeat(64);
    expect(errorsOf({ trc: Array(20).fill(tag), thm: oid })).toEqual([]);
    expect(errorsOf({ trc: [...Array(20).fill(tag), `${tag}x`] })).toEqual([
      'tags_too_many /trc',
      'tag_too_long /trc/20',
    ]);
  });

  it(verifies('TOK-10', 'warns about absent prm'), () => {
    const codes = (claims: object) =>
      checkClaims({ sub: 'u', ...claims }, { use: 'mint', now }).findings.map(({ code }) => code);
    expect(codes({})).toEqual(['prm_absent']);
    expect(codes({ grants: {} })).toEqual(['prm_absent']);
    expect(codes({ grants: { prm: [] } })).toEqual([]);
  });
});

describe('length of the grants', () => {
  /** Claims whose grants measure exactly `length`, filled with one kind of character. */
  function claimsOf(length: number, filler: string) {
    const claims = (text: string) => ({
      sub: 'u',
      grants: { prm: ['filter'], flt: [{ jaql: { title: text } }], res: [`dashboards/${oid}`] },
    });
    const space = length - grantLength(claims(''));
    const whole = filler.repeat(Math.floor(space / filler.length));
    return claims(whole + 'x'.repeat(space - whole.length));
  }
  const escaped = (value: object) =>
    JSON.stringify(value).replaceAll(
      /[^ -~]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );

  it.each(['x', 'é', '漢', '😀'])(
    verifies(
      'TOK-14 B-6',
      'takes 81,200 units of %s and refuses 81,201, escaped or not, in every flow',
    ),
    (filler) => {
      for (const length of [81_199, 81_200, 81_201]) {
        const claims = claimsOf(length, filler);
        expect(grantLength(claims)).toBe(length);
        for (const text of [
          JSON.stringify(claims),
          JSON.stringify(claims, null, 2),
          escaped(claims),
        ]) {
          for (const use of uses) {
            const codes = parseClaims(text, { use, now }).findings.map(({ code }) => code);
            expect(codes.includes('grants_too_long')).toBe(length > 81_200);
          }
        }
      }
    },
  );

  it(verifies('TOK-14', 'counts the four grants and nothing else'), () => {
    expect(grantLength({})).toBe(0);
    expect(grantLength({ grants: {} })).toBe(0);
    const grants = { res: [], flt: [], acl: [], prm: [], other: 'xxxxx' };
    expect(grantLength({ grants })).toBe(8);
  });
});
