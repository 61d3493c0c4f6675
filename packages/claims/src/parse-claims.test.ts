import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import type { CheckOptions } from './parse-claims.ts';
import { checkClaims, parseClaims } from './parse-claims.ts';

const now = 1_800_000_000;
const oid = '6128c62ea23e09002c411453';
const uses = ['mint', 'open', 'test'] as const;
const profiles = ['compatible', 'strict'] as const;

const rule = {
  dataSourceTitle: 'Sample ECommerce',
  table: 'Commerce',
  column: 'Gender',
  datatype: 'text',
  members: ['Male'],
  exclusionary: false,
  allMembers: null,
};
const full = {
  sub: oid,
  exp: now + 60,
  nbf: now - 60,
  iat: 'any',
  iss: { any: 1 },
  jti: 'one',
  grants: {
    res: [`dashboards/${oid}`],
    flt: [{ jaql: { dim: '[Commerce.Condition]', filter: { members: ['New'] } }, locked: true }],
    acl: [rule],
    prm: ['filter'],
  },
  lng: 'de-DE',
  loc: 'ko-KR',
  thm: '62011a15c2eb04001bbf85e8',
  trc: ['facebook_post', 'public'],
};
const options = (more: Partial<CheckOptions> = {}): CheckOptions => ({ use: 'open', now, ...more });
const codesOf = (value: unknown, more: Partial<CheckOptions> = {}) =>
  checkClaims(value, options(more)).findings.map(({ code }) => code);
const errorsOf = (value: unknown, more: Partial<CheckOptions> = {}) =>
  checkClaims(value, options(more))
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ code, pointer }) => `${code} ${pointer}`);

describe('claims', () => {
  it.each(uses)(verifies('TOK-4 TOK-6', 'takes all claims as they are to %s'), (use) => {
    for (const profile of profiles) {
      const result = checkClaims(full, options({ use, profile }));
      expect(result).toEqual({ claims: full, sound: full, findings: [] });
    }
  });

  it(verifies('TOK-3', 'takes sub alone, and keeps absent and empty grants apart'), () => {
    expect(checkClaims({ sub: 'u' }, options()).claims).toEqual({ sub: 'u' });
    const empty = { sub: 'u', grants: { res: [], flt: [], acl: [], prm: [] } };
    expect(checkClaims(empty, options()).claims).toEqual(empty);
  });

  it.each([
    [{}, 'sub_missing /sub'],
    [{ sub: null }, 'not_text /sub'],
    [{ sub: 5 }, 'not_text /sub'],
    [{ sub: '' }, 'text_empty /sub'],
    [{ sub: 'x'.repeat(257) }, 'text_too_long /sub'],
    [{ sub: ['u'] }, 'not_text /sub'],
  ])(verifies('TOK-3', 'refuses the subject of %j'), (claims, error) => {
    for (const use of uses) expect(errorsOf(claims, { use })).toEqual([error]);
  });

  it.each([[null], [[]], [[{ sub: 'u' }]], ['text'], [5], [true]])(
    'refuses %j in place of claims, grants and rules',
    (value) => {
      expect(errorsOf(value)).toEqual(['not_object ']);
      expect(errorsOf({ sub: 'u', grants: value })).toEqual(['not_object /grants']);
      expect(errorsOf({ sub: 'u', grants: { acl: [value] } })).toEqual([
        'not_object /grants/acl/0',
      ]);
    },
  );

  it.each([
    [{ isCascading: true, levels: [{ dim: '[A.B]' }] }, []],
    [{ isCascading: true, levels: [] }, ['filter_form /grants/flt/0']],
    [{ isCascading: true, levels: ['[A.B]'] }, ['filter_form /grants/flt/0']],
    [{ isCascading: true }, ['filter_form /grants/flt/0']],
    [{ isCascading: 1, levels: [{}] }, ['filter_form /grants/flt/0']],
    [{ isCascading: true, levels: [{}], jaql: {} }, ['filter_form /grants/flt/0']],
  ])(verifies('TOK-8 VAL-1', 'says of the filter %j: %j'), (filter, errors) => {
    const claims = { sub: 'u', grants: { prm: [], flt: [filter] } };
    expect(errorsOf(claims, { use: 'mint' })).toEqual(errors);
  });

  it(verifies('VAL-2', 'reports everything at once, types beside logic'), () => {
    const claims = {
      exp: -1,
      nbf: 'x',
      lng: 'xx',
      loc: 5,
      thm: 'blue',
      acl: [],
      grants: { res: ['all'], prm: ['edit'], flt: [1], acl: [{ ...rule, table: 7 }, {}] },
      trc: ['x'.repeat(65)],
    };
    expect(errorsOf(claims, { use: 'mint' }).toSorted()).toEqual(
      [
        'sub_missing /sub',
        'date_negative /exp',
        'date_not_number /nbf',
        'language_unknown /lng',
        'not_text /loc',
        'theme_form /thm',
        'name_misplaced /acl',
        'resource_form /grants/res/0',
        'ability_unknown /grants/prm/0',
        'filter_form /grants/flt/0',
        'not_text /grants/acl/0/table',
        'member_missing /grants/acl/1/dataSourceTitle',
        'member_missing /grants/acl/1/table',
        'member_missing /grants/acl/1/column',
        'tag_too_long /trc/0',
      ].toSorted(),
    );
  });

  it(
    verifies('VAL-2', 'gives every finding level, severity, code, pointer, sentence and hint'),
    () => {
      const { findings } = checkClaims({ sub: 'u', lng: 'xx' }, options({ use: 'mint' }));
      expect(findings).toContainEqual({
        level: 'logic',
        severity: 'error',
        code: 'language_unknown',
        pointer: '/lng',
        message: expect.stringMatching(/\.$/),
        hint: expect.stringMatching(/\.$/),
      });
    },
  );

  it(verifies('VAL-2', 'stops at 200 findings, and never loses the error to warnings'), () => {
    const strangers = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`x-${at}`, at]));
    const { findings, claims } = checkClaims(
      { sub: 'u', ...strangers, lng: 'xx' },
      options({ use: 'test' }),
    );
    expect(findings).toHaveLength(200);
    expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
    expect(claims).toBeUndefined();
  });

  it(verifies('VAL-2', 'has claims exactly where no finding is an error'), () => {
    const scalar = fc.constantFrom<unknown>(
      ...['x', '', 5, -1, 1e12, null, true, [], {}, ['filter'], ['x']],
    );
    const names = [
      'sub',
      'exp',
      'nbf',
      'jti',
      'lng',
      'loc',
      'thm',
      'trc',
      'grants',
      'acl',
      'Exp',
      'aud',
    ];
    const claims = fc.dictionary(fc.constantFrom(...names), scalar);
    fc.assert(
      fc.property(
        claims,
        fc.constantFrom(...uses),
        fc.constantFrom(...profiles),
        (value, use, profile) => {
          const result = checkClaims(value, options({ use, profile }));
          const hasError = result.findings.some(({ severity }) => severity === 'error');
          expect(result.claims === undefined).toBe(hasError);
        },
      ),
    );
  });

  it('reads text and values alike', () => {
    expect(parseClaims(JSON.stringify(full), options())).toEqual(checkClaims(full, options()));
  });

  it('leaves unknown and misplaced names out of the claims', () => {
    const { claims } = checkClaims({ sub: 'u', acl: [rule], extra: 1 }, options());
    expect(claims).toEqual({ sub: 'u' });
  });

  it.each([
    ['a function', { sub: 'u', iss: () => 1 }],
    ['a big integer', { sub: 'u', iss: 1n }],
    ['a date', { sub: 'u', iat: new Date(0) }],
    ['a map', { sub: 'u', iss: new Map() }],
    ['NaN', { sub: 'u', exp: Number.NaN }],
    ['Infinity', { sub: 'u', exp: Number.POSITIVE_INFINITY }],
    ['a hole', { sub: 'u', iss: [undefined] }],
    ['toJSON', { sub: 'u', iss: { toJSON: () => 'other' } }],
  ])('refuses %s, which JSON would change', (_, value) => {
    expect(codesOf(value)).toContain('value_not_json');
  });

  it(verifies('B-5', 'survives values that refer to themselves'), () => {
    const value: Record<string, unknown> = { sub: 'u' };
    value.iss = value;
    expect(codesOf(value)).toEqual(['json_too_deep']);
  });

  it('takes a member that is undefined for absent', () => {
    expect(checkClaims({ sub: 'u', exp: undefined }, options()).claims).toEqual({ sub: 'u' });
  });

  it(
    verifies(
      'E-10',
      'refuses unlisted languages, locales and themes at mint, and falls back at open',
    ),
    () => {
      const claims = { sub: 'u', lng: 'de-AT', loc: 'EN-us', thm: 'dark' };
      const errors = ['language_unknown /lng', 'locale_unknown /loc', 'theme_form /thm'];
      expect(errorsOf(claims, { use: 'mint' })).toEqual(errors);
      expect(errorsOf(claims, { use: 'open', profile: 'strict' }).slice(1)).toEqual(errors);
      expect(checkClaims(claims, options({ use: 'open' })).claims).toEqual({ sub: 'u' });
    },
  );

  it(
    verifies(
      'B-10',
      'has the same codes at mint, open and test for 14 claims with 20 wrong values',
    ),
    () => {
      const wrong = [
        ...[
          null,
          true,
          false,
          0,
          -1,
          5,
          1.5,
          1e12,
          1e15,
          '',
          'x',
          'dashboards/x',
          [],
          [[]],
          [null],
        ],
        ...[['x'], [5], {}, { x: 1 }, [{}]],
      ];
      const put: Record<string, (value: unknown) => unknown> = {
        ...Object.fromEntries(
          ['sub', 'exp', 'nbf', 'iat', 'iss', 'jti', 'lng', 'loc', 'thm', 'trc'].map((name) => [
            name,
            (value: unknown) => ({ sub: 'u', [name]: value }),
          ]),
        ),
        ...Object.fromEntries(
          ['res', 'flt', 'acl', 'prm'].map((name) => [
            name,
            (value: unknown) => ({ sub: 'u', grants: { [name]: value } }),
          ]),
        ),
      };
      expect(Object.keys(put).length * wrong.length).toBe(280);
      for (const [name, claimsWith] of Object.entries(put)) {
        for (const value of wrong) {
          const [mint, open, test] = uses.map((use) => codesOf(claimsWith(value), { use }));
          expect(open, `${name} ${JSON.stringify(value)}`).toEqual(mint);
          expect(test).toEqual(mint);
        }
      }
    },
  );

  it('takes a clock tolerance of at most 60 seconds', () => {
    for (const clockToleranceSeconds of [-1, 61, Number.NaN]) {
      expect(() => checkClaims(full, options({ clockToleranceSeconds }))).toThrow(TypeError);
    }
    expect(() => checkClaims(full, options({ now: Number.NaN }))).toThrow(TypeError);
  });
});
