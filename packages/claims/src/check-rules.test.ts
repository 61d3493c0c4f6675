import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import type { CheckOptions } from './parse-claims.ts';
import { checkClaims } from './parse-claims.ts';

const now = 1_800_000_000;
const rule = { dataSourceTitle: 'A', table: 'T', column: 'C' };

function check(acl: unknown, options: Partial<CheckOptions> = {}) {
  const claims = { sub: 'u', exp: now + 60, grants: { acl, prm: [] } };
  const { findings } = checkClaims(claims, { use: 'open', now, ...options });
  return findings.map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);
}
const place = '/grants/acl/0';

describe('acl', () => {
  it(
    verifies('TOK-10', 'warns about erasing all data security, and refuses it where strict'),
    () => {
      expect(check([])).toEqual(['warning acl_erased /grants/acl']);
      expect(check([], { profile: 'strict' })).toEqual(['error acl_erasure_refused /grants/acl']);
      expect(check([], { profile: 'strict', allowErasedAcl: true })).toEqual([
        'warning acl_erased /grants/acl',
      ]);
    },
  );

  it.each(['dataSourceTitle', 'table', 'column'])(
    verifies('TOK-9', 'demands %s in each rule'),
    (name) => {
      const whole = { ...rule, members: ['x'] };
      expect(check([{ ...whole, [name]: undefined }])).toEqual([
        `error member_missing ${place}/${name}`,
      ]);
      expect(check([{ ...whole, [name]: '' }])).toEqual([`error text_empty ${place}/${name}`]);
      expect(check([{ ...whole, [name]: 5 }])).toEqual([`error not_text ${place}/${name}`]);
    },
  );

  it.each([
    [{ members: ['x'] }, []],
    [{ members: ['x', 5] }, []],
    [{ members: 'x' }, [`error not_list ${place}/members`]],
    [{ members: [true] }, [`error rule_member_form ${place}/members/0`]],
    [{ members: ['x', null] }, [`error rule_member_form ${place}/members/1`]],
    [{ members: ['x'], exclusionary: 'yes' }, [`error not_boolean ${place}/exclusionary`]],
    [{ members: ['x'], allMembers: 1 }, [`error not_boolean ${place}/allMembers`]],
    [{ members: ['x'], datatype: 'string' }, [`error datatype_unknown ${place}/datatype`]],
    [{ members: ['x'], exclusionary: null, allMembers: null }, []],
    [{ allMembers: true }, []],
    [{ members: null, allMembers: true }, []],
    [{ members: ['x'], allMembers: true }, [`warning rule_members_ignored ${place}`]],
    [{}, [`warning rule_lets_nothing_through ${place}`]],
    [{ members: [] }, [`warning rule_lets_nothing_through ${place}`]],
    [{ members: [], exclusionary: false }, [`warning rule_lets_nothing_through ${place}`]],
    [{ members: [], exclusionary: true }, [`warning rule_excludes_nothing ${place}`]],
    [{ members: ['12', -1.5], datatype: 'numeric' }, []],
    [{ members: ['9007199254740993'], datatype: 'numeric' }, []],
    [{ members: ['twelve'], datatype: 'numeric' }, [`warning rule_member_type ${place}/members/0`]],
    [{ members: ['2013-01-01T00:00:00'], datatype: 'datetime' }, []],
    [{ members: [2013], datatype: 'datetime' }, [`warning rule_member_type ${place}/members/0`]],
    [{ members: ['soon'], datatype: 'datetime' }, [`warning rule_member_type ${place}/members/0`]],
  ])(verifies('TOK-9 TOK-10', 'judges the rule %j'), (more, findings) => {
    for (const use of ['mint', 'open', 'test'] as const) {
      expect(check([{ ...rule, ...more }], { use })).toEqual(findings);
    }
  });

  it(verifies('B-3', 'refuses members beyond the exact integers'), () => {
    const found = check([{ ...rule, members: [9_007_199_254_740_991, 9_007_199_254_740_992] }]);
    expect(found).toEqual([`error rule_member_unsafe ${place}/members/1`]);
  });

  it.each(['1', '1.', '.1', '1e1', '2013-01-01T', '0:.', '+-', ' '])(
    verifies('B-8', 'judges 81,000 characters of %j in less than 20 ms'),
    (piece) => {
      const hostile = `${piece.repeat(81_000 / piece.length)}x`;
      for (const datatype of ['numeric', 'datetime']) {
        // What a pattern costs is the same each time; the quickest shows it.
        const timesMs = Array.from({ length: 3 }, () => {
          const startedAt = performance.now();
          const found = check([{ ...rule, datatype, members: [hostile] }], { use: 'test' });
          expect(found).toContain(`warning rule_member_type ${place}/members/0`);
          return performance.now() - startedAt;
        });
        expect(Math.min(...timesMs)).toBeLessThan(20);
      }
    },
  );
});
