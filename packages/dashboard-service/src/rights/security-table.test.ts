import type { QueryResult } from '@vitrine/charts';
import { type AclRule, checkClaims } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ordersJson, securityTable } from '../../../../test/tables/data-security.ts';
import { verifies } from '../../../../test/verifies.ts';
import { type Issuer, startService, type TestService } from '../../test/start-service.ts';

const oid = 'ed0000000000000000000001';
const columns = [
  { name: 'ID', column: 'id', type: 'numeric' },
  { name: 'Label', column: 'label', type: 'text' },
  { name: 'Amount', column: 'amount', type: 'numeric' },
  { name: 'Day', column: 'day', type: 'datetime' },
  { name: 'Brand ID', column: 'brand_id', type: 'numeric', hidden: true },
];
const model = {
  ...{ oid: 'ab0000000000000000000009', title: 'Sample', engine: 'duckdb', relations: [] },
  files: { orders: '../data/orders.json' },
  tables: [{ name: 'Orders', from: 'orders', columns }],
};
const dashboard = {
  ...{ oid, title: 'Orders', dataSource: 'Sample', sharedWith: { everyone: true } },
  widgets: [
    {
      ...{ oid: 'ec0000000000000000000009', type: 'indicator', title: 'Orders' },
      layout: { columns: 3, rows: 2 },
      metadata: [{ panel: 'value', jaql: { dim: '[Orders.ID]', agg: 'count' } }],
    },
  ],
};

let service: TestService;
let issuers: Record<'compatible' | 'strict', Issuer>;
beforeAll(async () => {
  service = await startService();
  await service.content.write('data/orders.json', ordersJson);
  await service.content.write('models/orders.json', JSON.stringify(model));
  await service.content.write('dashboards/orders.json', JSON.stringify(dashboard));
  await service.refresh();
  issuers = {
    compatible: await service.issuer({ profile: 'compatible' }),
    strict: await service.issuer({ profile: 'strict' }),
  };
});
afterAll(() => service.stop());

/** Ids of the orders that a token with these rules shows, by query and as members; the code of its refusal. */
async function shown(acl: readonly AclRule[], profile: keyof typeof issuers) {
  const exp = Math.floor(Date.now() / 1000) + 600;
  const claims = { sub: 'acme-reader', exp, grants: { res: [`dashboards/${oid}`], acl } };
  const response = await service.exchange(await service.rawToken(issuers[profile], claims));
  const answer = (await response.json()) as Record<
    'code' | 'webSessionToken' | 'initialiser',
    string
  >;
  if (!response.ok) return answer.code;
  const headers = { Authorization: answer.webSessionToken, Initialiser: answer.initialiser };
  const ask = async (route: string, body: object) =>
    (await service.call(`/api/datasources/Sample/${route}`, headers, body)).json();
  const metadata = [{ jaql: { dim: '[Orders.ID]' } }];
  const { values } = (await ask('jaql', { metadata })) as QueryResult;
  const { members } = (await ask('members', { dim: '[Orders.ID]' })) as {
    members: { data: unknown }[];
  };
  const ids = values.map(([id]) => id?.data);
  expect(members.map(({ data }) => data)).toEqual(ids);
  return ids;
}

/** Whether rules can stand in a token at all: what is no claim opens nothing. */
const isClaim = (acl: readonly AclRule[]) => {
  const claims: unknown = JSON.parse(JSON.stringify({ sub: 'u', grants: { acl } }));
  return checkClaims(claims, { use: 'open', now: 0 }).claims !== undefined;
};
const canStand = securityTable.filter(([, rules]) => isClaim(rules));
const cannotStand = securityTable.filter(([, rules]) => !isClaim(rules));

describe('the truth table of data security, end to end', () => {
  it('has most of its rows in tokens', () => {
    expect(canStand.length).toBeGreaterThanOrEqual(50);
  });

  it.each(canStand)(verifies('D-12 TOK-10 B-3', '%s'), async (_name, rules, kept) => {
    expect(await shown(rules, 'compatible')).toEqual(kept);
    expect(await shown(rules, 'strict')).toEqual(rules.length === 0 ? 'token_refused' : kept);
  });

  it.each(cannotStand)(verifies('D-12 B-3', 'opens nothing for: %s'), async (_name, rules) => {
    for (const profile of ['compatible', 'strict'] as const) {
      expect(await shown(rules, profile)).toMatch(/^token_(malformed|refused)$/);
    }
  });
});
