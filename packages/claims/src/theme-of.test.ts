import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { abilitiesOf } from './abilities-of.ts';
import { dashboardsOf } from './dashboards-of.ts';
import { themeOf } from './theme-of.ts';

const exists = (oid: string) => oid !== 'gone';

describe('theme', () => {
  it.each([
    [
      { embed: 'e', token: 't', groups: ['g'] },
      { oid: 'e', source: 'embed' },
    ],
    [
      { token: 't', groups: ['g'] },
      { oid: 't', source: 'token' },
    ],
    [{ groups: [undefined, 'g', 'h'] }, { oid: 'g', source: 'group' }],
    [{ groups: [] }, { oid: 's', source: 'system' }],
    [
      { embed: 'gone', token: 't', groups: [] },
      { oid: 't', source: 'token' },
    ],
    [
      { embed: 'gone', token: 'gone', groups: ['g'] },
      { oid: 'g', source: 'group' },
    ],
    [{ groups: ['gone', 'h'] }, { oid: 's', source: 'system' }],
  ] as const)(verifies('EMB-6', 'chooses for %j'), (choices, expected) => {
    expect(themeOf({ ...choices, system: 's', exists })).toEqual(expected);
  });
});

describe('abilities', () => {
  it.each([
    [undefined, true, true],
    [[], false, false],
    [['filter'], true, false],
    [['export'], false, true],
    [['export', 'filter'], true, true],
  ] as const)(verifies('TOK-11', 'come from prm %j'), (prm, filter, exportAbility) => {
    const claims = { sub: 'u', grants: prm === undefined ? {} : { prm } };
    expect(abilitiesOf(claims)).toEqual({ filter, export: exportAbility });
    if (prm === undefined)
      expect(abilitiesOf({ sub: 'u' })).toEqual({ filter, export: exportAbility });
  });
});

describe('dashboards', () => {
  it(verifies('TOK-4 TOK-7', 'are inherited, none, or those of res'), () => {
    expect(dashboardsOf({ sub: 'u' })).toBeUndefined();
    expect(dashboardsOf({ sub: 'u', grants: { res: [] } })).toEqual([]);
    expect(dashboardsOf({ sub: 'u', grants: { res: ['dashboards/a', 'dashboards/b'] } })).toEqual([
      'a',
      'b',
    ]);
  });
});
