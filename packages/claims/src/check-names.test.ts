import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { checkClaims } from './parse-claims.ts';

const now = 1_800_000_000;
const rule = { dataSourceTitle: 'A', table: 'T', column: 'C', members: ['x'] };

const check = (claims: object, use: 'mint' | 'open' | 'test', profile: 'compatible' | 'strict') =>
  checkClaims({ sub: 'u', exp: now + 60, ...claims }, { use, profile, now });

/** Claims, and where the finding points. */
const misplacements: [object, string][] = [
  [{ acl: [rule] }, '/acl'],
  [{ res: [] }, '/res'],
  [{ flt: [] }, '/flt'],
  [{ prm: [] }, '/prm'],
  [{ acl: 'x' }, '/acl'],
  [{ ACL: [rule] }, '/ACL'],
  [{ accl: [rule] }, '/accl'],
  [{ alc: [rule] }, '/alc'],
  [{ acls: [rule] }, '/acls'],
  [{ ac: [rule] }, '/ac'],
  [{ 'a-c-l': [rule] }, '/a-c-l'],
  [{ Res: [] }, '/Res'],
  [{ filters: [] }, '/filters'],
  [{ permissions: [] }, '/permissions'],
  [{ perm: [] }, '/perm'],
  [{ dataSecurity: [rule] }, '/dataSecurity'],
  [{ Grants: { acl: [rule] } }, '/Grants'],
  [{ grant: { acl: [rule] } }, '/grant'],
  [{ grantz: { acl: [rule] } }, '/grantz'],
  [{ gratns: { acl: [rule] } }, '/gratns'],
  [{ payload: { acl: [rule] } }, '/payload/acl'],
  [{ claims: { grants: { acl: [rule] } } }, '/claims/grants'],
  [{ data: { exp: 5 } }, '/data/exp'],
  [{ grants: { exp: 5 } }, '/grants/exp'],
  [{ grants: { nbf: 5 } }, '/grants/nbf'],
  [{ grants: { sub: 'other' } }, '/grants/sub'],
  [{ grants: { thm: 'x' } }, '/grants/thm'],
  [{ grants: { lng: 'de-DE' } }, '/grants/lng'],
  [{ grants: { jti: 'x' } }, '/grants/jti'],
  [{ grants: { ACL: [rule] } }, '/grants/ACL'],
  [{ grants: { accl: [rule] } }, '/grants/accl'],
  [{ grants: { rules: [rule] } }, '/grants/rules'],
  [{ grants: { ress: [] } }, '/grants/ress'],
  [{ grants: { prmm: [] } }, '/grants/prmm'],
  [{ grants: { grants: { acl: [rule] } } }, '/grants/grants/acl'],
  [{ Exp: 5 }, '/Exp'],
  [{ expires: 5 }, '/expires'],
  [{ 'not before': 5 }, '/not before'],
  [{ language: 'de-DE' }, '/language'],
  [{ grants: { acl: [{ ...rule, exclusionry: true }] } }, '/grants/acl/0/exclusionry'],
];

describe('names', () => {
  it('has 40 misplacements', () => expect(misplacements).toHaveLength(40));

  it.each(misplacements)(
    verifies('B-2 TOK-5', 'refuses %j at mint, warns at open'),
    (claims, pointer) => {
      const at = (use: 'mint' | 'open' | 'test', profile: 'compatible' | 'strict') => {
        const result = check(claims, use, profile);
        const found = result.findings.find(
          (finding) => finding.pointer === pointer && /^name_mis/.test(finding.code),
        );
        return { severity: found?.severity, isOpen: result.claims !== undefined };
      };
      expect(at('mint', 'compatible')).toEqual({ severity: 'error', isOpen: false });
      expect(at('mint', 'strict')).toEqual({ severity: 'error', isOpen: false });
      expect(at('open', 'compatible')).toEqual({ severity: 'warning', isOpen: true });
      expect(at('test', 'compatible')).toEqual({ severity: 'warning', isOpen: true });
      expect(at('open', 'strict')).toEqual({ severity: 'error', isOpen: false });
    },
  );

  it.each([
    [{ ACL: [] }, 'Write acl in grants.'],
    [{ grants: { accl: [] } }, 'Write acl.'],
    [{ lang: 'x' }, 'Write lng.'],
    [{ grants: { Exp: 5 } }, 'Write exp at the top level.'],
    [{ acl: [] }, 'Move it into grants.'],
    [{ grants: { acl: [{ ...rule, member: [] }] } }, 'Write members.'],
  ])('hints at the right name for %j', (claims, hint) => {
    expect(check(claims, 'test', 'compatible').findings.map((finding) => finding.hint)).toContain(
      hint,
    );
  });

  it.each(['aud', 'act', 'acr', 'amr', 'azp', 'scope', 'email', 'name', 'x'.repeat(100_000)])(
    'warns about %.10s as unknown, not as misspelt',
    (name) => {
      const at = (profile: 'compatible' | 'strict') =>
        check({ [name]: 'v', grants: { prm: [] } }, 'mint', profile).findings.map(
          ({ code, severity }) => `${severity} ${code}`,
        );
      expect(at('compatible')).toContain('warning name_unknown');
      expect(at('strict')).toContain('error name_unknown');
    },
  );
});
