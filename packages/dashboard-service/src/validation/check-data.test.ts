import type { Finding } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { salesOid, stockOid } from '../../test/ask.ts';
import { type Issuer, startService, type TestService } from '../../test/start-service.ts';

interface Report {
  readonly valid: boolean;
  readonly findings: readonly Finding[];
  readonly header: unknown;
  readonly payload: unknown;
}

let service: TestService;
let strict: Issuer;
let compatible: Issuer;
beforeAll(async () => {
  service = await startService();
  strict = await service.issuer({ profile: 'strict' });
  compatible = await service.issuer({ profile: 'compatible' });
});
afterAll(() => service.stop());

const exp = Math.floor(Date.now() / 1000) + 600;
const rule = (more: object = {}) => ({
  ...{ dataSourceTitle: 'Sales', table: 'Sales', column: 'Tenant' },
  ...more,
});
const stockRule = { dataSourceTitle: 'Warehouse Stock', table: 'Stock', column: 'Item' };

async function test(claims: object, issuer = compatible): Promise<Report> {
  const token = await service.mintWithoutChecks(issuer, { exp, ...claims });
  const response = await service.call('/api/v1/wat/test', service.admin, { token });
  expect(response.status).toBe(200);
  return (await response.json()) as Report;
}
/** Findings of the level data, as `code pointer`. */
const found = async (claims: object, issuer?: Issuer) =>
  (await test(claims, issuer)).findings
    .filter(({ level }) => level === 'data')
    .map(({ code, pointer }) => `${code} ${pointer}`);
const withRules = (...acl: object[]) => ({ sub: 'acme-reader', grants: { acl, prm: [] } });

describe('the data level of a test', () => {
  it(verifies('VAL-1', 'has nothing to say about a token that fits the content'), async () => {
    const report = await test(
      withRules(
        rule({ members: ['acme'], datatype: 'text' }),
        rule({ column: 'Amount', members: [10, '20', 30.0], datatype: 'numeric' }),
        rule({ column: 'Day', members: ['2024-01-05', '2024-01-06T00:00:00'] }),
        rule({ column: 'Region', allMembers: true, members: ['nowhere'] }),
      ),
    );
    expect(report).toMatchObject({ valid: true, findings: [{ code: 'rule_members_ignored' }] });
  });

  it.each([
    [{ sub: 'nobody' }, ['subject_unknown /sub']],
    [{ sub: 'acme-reader', thm: 'f'.repeat(24) }, ['theme_unknown /thm']],
    [
      {
        sub: 'acme-reader',
        grants: { res: [`dashboards/${salesOid}`, `dashboards/${'f'.repeat(24)}`] },
      },
      ['dashboard_unknown /grants/res/1'],
    ],
    [
      { sub: 'acme-reader', grants: { res: [`dashboards/${salesOid.toUpperCase()}`] } },
      ['dashboard_unknown /grants/res/0'],
    ],
    [{ sub: 'acme-reader', grants: { res: [] } }, []],
    [
      withRules(rule({ dataSourceTitle: 'Slaes', members: ['a'] })),
      ['source_unknown /grants/acl/0/dataSourceTitle', 'source_uncovered /grants/acl'],
    ],
    [
      withRules(rule({ table: 'sales', members: ['acme'] })),
      ['column_unknown /grants/acl/0/table'],
    ],
    [
      withRules(rule({ column: 'tenant', members: ['acme'] })),
      ['column_unknown /grants/acl/0/column'],
    ],
    [
      withRules(rule({ datatype: 'numeric', allMembers: true })),
      ['rule_datatype_differs /grants/acl/0/datatype'],
    ],
    [
      withRules(rule({ members: ['acme', 'Acme'] })),
      ['rule_member_unknown /grants/acl/0/members/1'],
    ],
    [
      withRules(rule({ column: 'Amount', members: [10, 11, 'x'] })),
      [
        'rule_member_unknown /grants/acl/0/members/1',
        'rule_member_unknown /grants/acl/0/members/2',
      ],
    ],
    [
      withRules(rule({ column: 'Day', members: ['2024-01-05', '1999-01-01', 'x'] })),
      [
        'rule_member_unknown /grants/acl/0/members/1',
        'rule_member_unknown /grants/acl/0/members/2',
      ],
    ],
    [
      withRules(
        rule({ members: ['acme'], exclusionary: true }),
        rule({ members: ['no'], exclusionary: true }),
      ),
      ['rule_member_unknown /grants/acl/1/members/0'],
    ],
    [
      withRules(rule({ members: ['acme'] }), { ...stockRule, members: ['Chair'] }),
      ['source_unused /grants/acl/1'],
    ],
    [
      { sub: 'globex-reader', grants: { acl: [rule({ members: ['acme'] })] } },
      ['source_uncovered /grants/acl'],
    ],
    [{ sub: 'globex-reader', grants: { acl: [] } }, []],
    [{ sub: 'nobody', grants: { acl: [rule({ members: ['acme'] })] } }, ['subject_unknown /sub']],
  ])(verifies('VAL-1 TOK-9 TOK-10', 'finds in %j: %j'), async (claims, findings) => {
    expect(await found(claims)).toEqual(findings);
  });

  it(verifies('VAL-1', 'says that a user inherits no dashboard'), async () => {
    await service.content.edit(
      'users/users.yaml',
      (text) => `${text}- { id: lonely, name: Lonely }\n`,
    );
    await service.refresh();
    expect(await found({ sub: 'lonely' })).toEqual(['dashboards_not_shared /grants/res']);
    expect(await found({ sub: 'lonely', grants: { res: [`dashboards/${stockOid}`] } })).toEqual([]);
  });

  it(
    verifies('VAL-1 TOK-10 D-2', 'makes an uncovered data source an error where strict refuses it'),
    async () => {
      const claims = {
        sub: 'globex-reader',
        grants: { prm: [], acl: [rule({ members: ['acme'] })] },
      };
      const [open, closed] = [await test(claims), await test(claims, strict)];
      expect([open.valid, closed.valid]).toEqual([true, false]);
      expect(open.findings).toMatchObject([{ code: 'source_uncovered', severity: 'warning' }]);
      expect(closed.findings).toMatchObject([{ code: 'source_uncovered', severity: 'error' }]);
      expect(closed.findings[0]?.hint).toContain('"Warehouse Stock"');
    },
  );

  it.each([
    [{ dim: '[Sales.Region]', filter: { members: ['North'] } }, []],
    [{ table: 'Sales', column: 'Region', filter: { members: ['North'] } }, []],
    [{ dim: '[Sales.Day (Calendar)]', level: 'years', filter: { last: { count: 1 } } }, []],
    [{ dim: '[Stock.Internal]', filter: { members: ['x'] } }, []],
    [{ dim: '[Sales.Regio]', filter: {} }, ['filter_field_unknown /grants/flt/0/jaql/dim']],
    [
      { table: 'Sale', column: 'Region', filter: {} },
      ['filter_field_unknown /grants/flt/0/jaql/table'],
    ],
    [
      { table: 'Sales', column: 'Regio', filter: {} },
      ['filter_field_unknown /grants/flt/0/jaql/column'],
    ],
    [
      { dim: '[Sales.Amount]', filter: { members: ['x'] } },
      ['filter_refused /grants/flt/0/jaql/filter/members/0'],
    ],
    [
      { dim: '[Sales.Region]', filter: { frobnicate: 1 } },
      ['filter_refused /grants/flt/0/jaql/filter/frobnicate'],
    ],
    [{ filter: {} }, ['filter_refused /grants/flt/0/jaql']],
  ])(verifies('VAL-1 TOK-8', 'finds in the filter %j: %j'), async (jaql, findings) => {
    expect(await found({ sub: 'globex-reader', grants: { flt: [{ jaql }] } })).toEqual(findings);
  });

  it.each([
    [[{ dim: '[Sales.Region]' }, { dim: '[Sales.Product]' }], []],
    [
      [{ dim: '[Sales.Region]' }, { dim: '[Sales.Produc]' }],
      ['filter_field_unknown /grants/flt/0/levels/1/dim'],
    ],
    [
      [{ dim: '[Sales.Region]', filter: { frobnicate: 1 } }],
      ['filter_refused /grants/flt/0/levels/0/filter/frobnicate'],
    ],
    [[{ filter: {} }], ['filter_refused /grants/flt/0/levels/0']],
  ])(verifies('VAL-1 TOK-8', 'finds in the levels %j: %j'), async (levels, findings) => {
    const flt = [{ isCascading: true, levels }];
    expect(await found({ sub: 'globex-reader', grants: { flt } })).toEqual(findings);
  });

  it(verifies('VAL-1 VAL-2', 'comes with structure and logic at once'), async () => {
    const token = await service.rawToken(compatible, {
      ...{ sub: 'nobody', exp: 5, lng: 'xx-XX', trc: 7 },
      grants: { acl: [rule({ members: ['nowhere'] })], prm: ['fly'] },
    });
    const response = await service.call('/api/v1/wat/test', service.admin, { token });
    const { valid, findings } = (await response.json()) as Report;
    expect(valid).toBe(false);
    expect(findings.map(({ level, code }) => `${level} ${code}`).sort()).toEqual([
      'data rule_member_unknown',
      'data subject_unknown',
      'logic ability_unknown',
      'logic expired',
      'logic language_unknown',
      'structure not_list',
    ]);
  });

  it(verifies('VAL-2', 'gives at most 200 findings, and errors before warnings'), async () => {
    const members = Array.from({ length: 400 }, (_, index) => `unknown ${index}`);
    const { findings } = await test({ ...withRules(rule({ members })), thm: 'f'.repeat(24) });
    expect(findings).toHaveLength(200);
    const late = await test({ ...withRules(rule({ members })), sub: 'nobody' });
    expect(late.findings[0]).toMatchObject({ code: 'subject_unknown' });
  });

  it(verifies('VAL-1', 'says which rules it did not look up in full'), async () => {
    const members = Array.from({ length: 1_001 }, () => 'acme');
    expect(await found(withRules(rule({ members })))).toEqual([
      'rule_members_unchecked /grants/acl/0/members',
    ]);
  });

  it(verifies('VAL-3 CFG-5', 'counts as no use, and opens no session'), async () => {
    const issuer = await service.issuer({ profile: 'compatible' });
    await test({ sub: 'acme-reader' }, issuer);
    await test(withRules(rule({ members: ['acme'] })), issuer);
    const usage = await service.call(
      `/api/v1/wat/configurations/${issuer.kid}/usage`,
      service.admin,
    );
    expect(await usage.json()).toMatchObject({ lastUsed: null, total: null });
    const sessions = await service.call(`/api/v1/sessions?kid=${issuer.kid}`, service.admin);
    expect(JSON.stringify(await sessions.json())).not.toContain(issuer.kid);
  });

  it(verifies('E-8 D-6', 'answers no reader and nobody without the admin token'), async () => {
    const token = await service.mintWithoutChecks(compatible, withRules(rule({ members: ['x'] })));
    const session = await service.open({ sub: 'acme-reader' });
    for (const headers of [{}, session, { Authorization: `Bearer ${session.Authorization}` }]) {
      const response = await service.call('/api/v1/wat/test', headers, { token });
      expect(response.status).toBe(401);
      expect(await response.text()).not.toMatch(/findings|acme|globex/);
    }
  });
});

describe('names whose blanks were stripped', () => {
  const lost = async (claims: object) =>
    (await test(claims)).findings
      .filter(({ code }) => code === 'blanks_differ' || code === 'generator_strips_blanks')
      .map(({ code, pointer, hint }) => [code, pointer, /"[^"]*(?:\\"[^"]*)*"/.exec(hint)?.[0]]);

  it(verifies('VAL-4', 'are told apart from unknown ones, with the right name'), async () => {
    await service.content.edit('models/stock.yaml', (text) =>
      text
        .replace('name: Pieces,', 'name: Pieces In Stock,')
        .replace('title: Warehouse Stock', 'title: Warehouse Stock'),
    );
    await service.content.edit('dashboards/stock.yaml', (text) =>
      text.replace('[Stock.Pieces]', '[Stock.Pieces In Stock]'),
    );
    await service.content.edit('data/stock.csv', (text) => `${text}acme,Swivel Chair,9\n`);
    await service.refresh();
    const sub = 'globex-reader';
    const stock = { dataSourceTitle: 'Warehouse Stock', table: 'Stock', column: 'Item' };
    const acl = [
      { ...stock, dataSourceTitle: 'WarehouseStock', members: ['Chair'] },
      { ...stock, column: 'PiecesInStock', members: [5] },
      { ...stock, members: ['Chair', 'SwivelChair', 'Stool'] },
    ];
    const flt = [{ jaql: { dim: '[Stock.PiecesInStock]', filter: { from: 1 } } }];
    expect(await lost({ sub, grants: { acl, flt } })).toEqual([
      ['blanks_differ', '/grants/acl/0/dataSourceTitle', '"Warehouse Stock"'],
      ['blanks_differ', '/grants/acl/1/column', '"Pieces In Stock"'],
      ['blanks_differ', '/grants/acl/2/members/1', '"Swivel Chair"'],
      ['blanks_differ', '/grants/flt/0/jaql/dim', '"[Stock.Pieces In Stock]"'],
    ]);
    const stripped = acl.map((one) => ({ ...one, dataSourceTitle: 'WarehouseStock' }));
    expect((await lost({ sub, grants: { acl: stripped } })).at(-1)?.slice(0, 2)).toEqual([
      'generator_strips_blanks',
      '',
    ]);
  });
});
