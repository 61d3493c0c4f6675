import type { Session } from '@vitrine/charts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { salesOid, stockOid, totals } from '../../test/ask.ts';
import { startService, type TestService } from '../../test/start-service.ts';

const light = '5ee0a1b2c3d4e5f600000001';
const dark = '5ee0a1b2c3d4e5f600000002';
const everything = [`dashboards/${salesOid}`, `dashboards/${stockOid}`];
const rule = (members: string[], more: object = {}) => ({
  dataSourceTitle: 'Sales',
  table: 'Sales',
  column: 'Tenant',
  datatype: 'text',
  members,
  exclusionary: false,
  ...more,
});

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const sessionOf = async (claims: object, more?: Record<string, unknown>): Promise<Session> => {
  const headers = await service.open(claims, undefined, more);
  return (await (await service.call('/api/v1/session', headers)).json()) as Session;
};
/** Sum of the sales and pieces in stock that a token shows; undefined where it shows none. */
const shown = async (claims: object) => totals(service, await service.open(claims));

describe('dashboards of a token', () => {
  it(
    verifies('TOK-3 TOK-7', 'inherits what is shared with the user, its groups and everyone'),
    async () => {
      expect((await sessionOf({ sub: 'acme-reader' })).dashboards.map(({ oid }) => oid)).toEqual([
        salesOid,
      ]);
      expect((await sessionOf({ sub: 'globex-reader' })).dashboards.map(({ oid }) => oid)).toEqual([
        salesOid,
        stockOid,
      ]);
    },
  );

  it(verifies('TOK-4 TOK-7', 'opens exactly those of res, whatever the user may see'), async () => {
    const { dashboards } = await sessionOf({
      sub: 'acme-reader',
      grants: { res: [`dashboards/${stockOid}`, 'dashboards/ffffffffffffffffffffffff'] },
    });
    expect(dashboards).toEqual([{ oid: stockOid, title: 'Stock' }]);
    expect((await sessionOf({ sub: 'acme-reader', grants: { res: [] } })).dashboards).toEqual([]);
  });
});

describe('rules of a token', () => {
  it(verifies('TOK-9 DATA-2', 'inherits the rules of the user where acl is absent'), async () => {
    expect(await shown({ sub: 'acme-reader' })).toEqual({ sales: 100, stock: undefined });
    expect(await shown({ sub: 'globex-reader' })).toEqual({ sales: 6000, stock: 12 });
  });

  it(
    verifies('TOK-10', 'shows a member of a group no more than the group and the user both allow'),
    async () => {
      expect(await shown({ sub: 'acme-north' })).toEqual({ sales: 30, stock: undefined });
      expect(await shown({ sub: 'acme-torn' })).toEqual({ sales: null, stock: undefined });
    },
  );

  it(verifies('TOK-9', 'replaces the rules of the user on every data source'), async () => {
    expect(await shown({ sub: 'globex-reader', grants: { acl: [rule(['acme'])] } })).toEqual({
      sales: 100,
      stock: 12,
    });
  });

  it(verifies('TOK-9', 'has none with acl [] and tells of it'), async () => {
    expect(await shown({ sub: 'acme-reader', grants: { acl: [] } })).toMatchObject({ sales: 6100 });
    const [event] = service.logLines.filter((line) => line.event === 'acl.erased').slice(-1);
    expect(event).toMatchObject({ audit: true, dataSources: ['Sales'], profile: 'compatible' });
  });

  it(
    verifies(
      'TOK-9',
      'ignores a rule for a data source that is not there, and tells of the open one',
    ),
    async () => {
      const before = service.logLines.filter((line) => line.event === 'acl.erased').length;
      const acl = [rule(['acme'], { dataSourceTitle: 'sales' })];
      expect(await shown({ sub: 'acme-reader', grants: { acl } })).toMatchObject({ sales: 6100 });
      expect(service.logLines.filter((line) => line.event === 'acl.erased')).toHaveLength(
        before + 1,
      );
    },
  );

  it.each([
    ['table', { table: 'Sale' }],
    ['column', { column: 'tenant' }],
  ])(
    verifies('D-12', 'shows no rows of a data source whose rule names an unknown %s'),
    async (_what, more) => {
      const acl = [rule(['acme'], more)];
      expect(await shown({ sub: 'acme-reader', grants: { acl } })).toEqual({
        sales: null,
        stock: undefined,
      });
    },
  );
});

describe('a strict configuration', () => {
  const exchange = async (settings: object, grants: object) => {
    const issuer = await service.issuer({ profile: 'strict', ...settings });
    const claims = { sub: 'globex-reader', exp: Math.floor(Date.now() / 1000) + 60, grants };
    // Whoever holds the key mints with any library: the service's own check at minting is not what protects.
    const response = await service.exchange(await service.mintWithoutChecks(issuer, claims));
    const body = (await response.json()) as { code?: string };
    return response.ok ? 'opened' : body.code;
  };
  const both = [
    rule(['acme']),
    rule(['Chair'], { dataSourceTitle: 'Warehouse Stock', table: 'Stock', column: 'Item' }),
  ];

  it.each([
    ['inherited rules', {}, { res: everything }, 'opened'],
    ['a rule for each data source', {}, { res: everything, acl: both }, 'opened'],
    [
      'a rule for the only data source it reaches',
      {},
      { res: [`dashboards/${salesOid}`], acl: [rule(['acme'])] },
      'opened',
    ],
    [
      'a data source without a rule',
      {},
      { res: everything, acl: [rule(['acme'])] },
      'token_refused',
    ],
    [
      'the same with the permission to erase',
      { allowErasedAcl: true },
      { res: everything, acl: [rule(['acme'])] },
      'token_refused',
    ],
    ['acl []', {}, { res: everything, acl: [] }, 'token_refused'],
    [
      'acl [] with the permission to erase',
      { allowErasedAcl: true },
      { res: everything, acl: [] },
      'opened',
    ],
    [
      'an unmatched data source',
      {},
      { res: everything, acl: [...both, rule(['a'], { dataSourceTitle: 'Slaes' })] },
      'token_refused',
    ],
    [
      'an unmatched table',
      {},
      { res: everything, acl: [...both, rule(['a'], { table: 'T' })] },
      'token_refused',
    ],
    [
      'an unmatched column',
      {},
      { res: everything, acl: [...both, rule(['a'], { column: 'C' })] },
      'token_refused',
    ],
  ])(verifies('D-2', 'decides on %s'), async (_what, settings, grants, outcome) => {
    expect(await exchange(settings, grants)).toBe(outcome);
  });

  it(
    verifies('D-2 E-9', 'opens no data source that is shared after the session began'),
    async () => {
      const issuer = await service.issuer({ profile: 'strict' });
      const headers = await service.open(
        { sub: 'acme-reader', grants: { acl: [rule(['acme'])] } },
        issuer,
      );
      await service.content.edit('dashboards/stock.yaml', (text) =>
        text.replace('globex-reader]', 'globex-reader, acme-reader]'),
      );
      await service.refresh();
      expect(await totals(service, headers)).toEqual({ sales: 100, stock: undefined });
      const line = await (
        await service.call(`/api/v1/dashboards/${stockOid}/data`, headers, {})
      ).json();
      expect(line).toMatchObject({ error: { code: 'not_found' } });
    },
  );
});

describe('abilities, theme, language', () => {
  it(verifies('TOK-11', 'gives both abilities where prm is absent'), async () => {
    expect((await sessionOf({ sub: 'acme-reader' })).abilities).toEqual({
      filter: true,
      export: true,
    });
    expect((await sessionOf({ sub: 'acme-reader', grants: { prm: [] } })).abilities).toEqual({
      filter: false,
      export: false,
    });
  });

  it(
    verifies('EMB-6', 'takes the theme of embed parameter, token, group, system, in this order'),
    async () => {
      const theme = async (claims: object, embed?: string) =>
        (await sessionOf(claims, embed === undefined ? {} : { theme: embed })).theme;
      expect(await theme({ sub: 'acme-reader', thm: light }, dark)).toEqual({
        oid: dark,
        source: 'embed',
      });
      expect(await theme({ sub: 'acme-reader', thm: light })).toEqual({
        oid: light,
        source: 'token',
      });
      expect(await theme({ sub: 'acme-reader' })).toEqual({ oid: dark, source: 'group' });
      expect(await theme({ sub: 'globex-reader' })).toEqual({ oid: light, source: 'system' });
      const unknown = '0'.repeat(24);
      expect(await theme({ sub: 'acme-reader', thm: unknown }, unknown)).toEqual({
        oid: dark,
        source: 'group',
      });
    },
  );

  it(
    verifies('TOK-12', 'takes language and locale of the token before those of the user'),
    async () => {
      expect(await sessionOf({ sub: 'globex-reader' })).toMatchObject({
        language: 'de-DE',
        locale: 'de-DE',
      });
      expect(await sessionOf({ sub: 'globex-reader', lng: 'fr-FR', loc: 'ja-JP' })).toMatchObject({
        language: 'fr-FR',
        locale: 'ja-JP',
      });
      expect(await sessionOf({ sub: 'acme-reader' })).toMatchObject({
        language: 'en-US',
        locale: 'en-US',
      });
    },
  );
});

describe('a directory that changes', () => {
  it(verifies('E-9', 'opens no session for who is not in it'), async () => {
    const issuer = await service.issuer({ profile: 'compatible' });
    const response = await service.exchange(await service.mint(issuer, { sub: 'nobody' }));
    expect(await response.json()).toMatchObject({ code: 'subject_unknown' });
  });

  it(verifies('E-9', 'shows a member of a group that went nothing'), async () => {
    const headers = await service.open({ sub: 'acme-north' });
    await service.content.edit('groups/groups.yaml', (text) =>
      text.replace('id: north', 'id: south'),
    );
    await service.refresh();
    expect(await totals(service, headers)).toEqual({ sales: undefined, stock: undefined });
    await service.content.edit('groups/groups.yaml', (text) =>
      text.replace('id: south', 'id: north'),
    );
    await service.refresh();
  });

  it(verifies('E-9', 'ends what was taken away at the next request'), async () => {
    const headers = await service.open({ sub: 'acme-reader' });
    expect((await totals(service, headers)).sales).toBe(100);
    await service.content.edit('dashboards/sales.yaml', (text) =>
      text.replace('groups: [acme],', ''),
    );
    await service.refresh();
    expect((await totals(service, headers)).sales).toBeUndefined();
    await service.content.edit('users/users.yaml', (text) =>
      text.replace('- id: acme-reader', '- id: acme-gone'),
    );
    await service.refresh();
    const response = await service.call('/api/v1/session', headers);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'subject_unknown' });
  });
});
