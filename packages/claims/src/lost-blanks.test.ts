import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { blankDetector, hasBlank } from './lost-blanks.ts';
import { parseClaims } from './parse-claims.ts';

describe('blankDetector', () => {
  it.each([
    ['SampleECommerce', 'Sample ECommerce'],
    ['AgeRange', 'Age Range'],
    [' Sample  ECommerce', 'Sample ECommerce'],
    ['Sample\u00a0ECommerce', 'Sample ECommerce'],
    ['Sample ECommerce', undefined],
    ['sampleecommerce', undefined],
    ['Sample', undefined],
    ['Both', undefined],
    ['', undefined],
  ])(verifies('VAL-4', 'reads %j as %j'), (name, meant) => {
    const known = ['Sample ECommerce', 'Age Range', 'Both', 'Bo th'];
    expect(blankDetector(known)(name)).toBe(meant);
  });
});

describe('hasBlank', () => {
  it.each([
    [{ sub: 'a b' }, true],
    [{ grants: { acl: [{ members: [1, 'x y'] }] } }, true],
    [{ 'a b': 'x', list: [null, 1, true, undefined] }, false],
    [{}, false],
  ])(verifies('VAL-4', 'says of %j: %s'), (value, has) => {
    expect(hasBlank(value)).toBe(has);
  });
});

describe('dims of flt', () => {
  const codesOfFilter = (filter: object) =>
    parseClaims(JSON.stringify({ sub: 'u', grants: { prm: [], flt: [filter] } }), {
      use: 'mint',
      now: 0,
    }).findings.map(({ code, pointer }) => `${code} ${pointer}`);
  const codesOf = (dim: unknown) => codesOfFilter({ jaql: { dim } });

  it(
    verifies('VAL-4', 'without the blank before the calendar are seen without any content'),
    () => {
      expect(codesOf('[Commerce.Date(Calendar)]')).toEqual([
        'dim_blank_lost /grants/flt/0/jaql/dim',
      ]);
      const levels = [{ dim: '[Commerce.Brand]' }, { dim: '[Commerce.Date(Calendar)]' }];
      expect(codesOfFilter({ isCascading: true, levels })).toEqual([
        'dim_blank_lost /grants/flt/0/levels/1/dim',
      ]);
      for (const dim of ['[Commerce.Date (Calendar)]', '[Commerce.Date]', 5, undefined]) {
        expect(codesOf(dim)).toEqual([]);
      }
    },
  );
});
