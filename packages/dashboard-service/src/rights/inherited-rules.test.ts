import type { AclRule } from '@vitrine/claims';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { intersectOwners } from './inherited-rules.ts';

const rule = (members: (string | number)[], more: Partial<AclRule> = {}): AclRule => ({
  dataSourceTitle: 'Sales',
  table: 'Sales',
  column: 'Region',
  members,
  ...more,
});

describe('intersectOwners', () => {
  it(verifies('TOK-10', 'keeps the rules of one owner as they are'), () => {
    const own = [rule(['a']), rule(['b']), rule(['c'], { exclusionary: true })];
    expect(intersectOwners([own, []])).toEqual(own);
  });

  it(verifies('TOK-10', 'shows only what every owner shows'), () => {
    expect(intersectOwners([[rule(['a', 'b']), rule(['c'])], [rule(['b', 'c', 'd'])]])).toEqual([
      rule(['b', 'c'], { allMembers: false }),
    ]);
  });

  it(verifies('TOK-10', 'shows nothing where owners have nothing in common'), () => {
    expect(intersectOwners([[rule(['a'])], [rule(['b'])]])).toEqual([
      rule([], { allMembers: false }),
    ]);
    expect(intersectOwners([[rule(['a'])], [rule([])]])).toEqual([rule([], { allMembers: false })]);
  });

  it(verifies('TOK-10', 'lets an owner of all members neither widen nor narrow'), () => {
    const all = rule([], { allMembers: true });
    expect(intersectOwners([[all], [rule(['a'])]])).toEqual([rule(['a'], { allMembers: false })]);
    expect(intersectOwners([[all], [all]])).toEqual([all]);
  });

  it(verifies('TOK-10', 'ANDs exclusions of all owners and rules on other columns'), () => {
    const excluded = rule(['x'], { exclusionary: true });
    const other = rule(['y'], { column: 'Tenant' });
    expect(
      intersectOwners([
        [excluded, other],
        [rule(['a']), excluded],
      ]),
    ).toEqual([other, rule(['a']), excluded, excluded]);
  });
});
