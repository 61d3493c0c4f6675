import type { QueryResult } from '@vitrine/charts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type Issuer, startService, type TestService } from '../../test/start-service.ts';

/** Four data sources; tenant `a` has one row in each, which is the source's own power of ten. */
const sources = [
  { title: 'Alpha', own: 1, foreign: 2 },
  { title: 'Beta', own: 10, foreign: 20 },
  { title: 'Gamma', own: 100, foreign: 200 },
  { title: 'Delta', own: 1_000, foreign: 2_000 },
].map((source, index) => ({ ...source, index, oid: `ee000000000000000000000${index}` }));
const titles = sources.map(({ title }) => title);
const reader = 'matrix-reader';

let service: TestService;
let issuers: Record<'compatible' | 'strict' | 'permitted', Issuer>;
beforeAll(async () => {
  service = await startService();
  for (const { title, own, foreign, index, oid } of sources) {
    const { content } = service;
    await content.write(`data/${title}.csv`, `tenant,amount\na,${own}\nb,${foreign}\n`);
    const columns = [
      { name: 'Tenant', column: 'tenant', type: 'text' },
      { name: 'Amount', column: 'amount', type: 'numeric' },
    ];
    await content.write(
      `models/${title}.json`,
      JSON.stringify({
        ...{ oid: `ab000000000000000000000${index}`, title, engine: 'duckdb', relations: [] },
        files: { facts: `../data/${title}.csv` },
        tables: [{ name: 'Facts', from: 'facts', columns }],
      }),
    );
    const widget = {
      ...{ oid: `ec000000000000000000000${index}`, type: 'indicator', title },
      layout: { columns: 3, rows: 2 },
      metadata: [
        { panel: 'value', jaql: { dim: '[Facts.Amount]', datatype: 'numeric', agg: 'sum' } },
      ],
    };
    await content.write(
      `dashboards/${title}.json`,
      JSON.stringify({ oid, title, dataSource: title, sharedWith: {}, widgets: [widget] }),
    );
  }
  await service.content.edit('users/users.yaml', (text) => `${text}- { id: ${reader}, name: R }\n`);
  await service.refresh();
  issuers = {
    compatible: await service.issuer({ profile: 'compatible' }),
    strict: await service.issuer({ profile: 'strict' }),
    permitted: await service.issuer({ profile: 'strict', allowErasedAcl: true }),
  };
});
afterAll(() => service.stop());

const ruleOn = (title: string) => ({
  ...{ dataSourceTitle: title, table: 'Facts', column: 'Tenant', datatype: 'text' },
  ...{ members: ['a'], exclusionary: false },
});

/** What a token shows of each reached data source, or its refusal; and the audit events of opening it. */
async function shown(
  reached: readonly string[],
  ruled: readonly string[],
  by: keyof typeof issuers,
) {
  const res = sources
    .filter(({ title }) => reached.includes(title))
    .map(({ oid }) => `dashboards/${oid}`);
  const exp = Math.floor(Date.now() / 1000) + 600;
  const claims = { sub: reader, exp, grants: { res, acl: ruled.map(ruleOn), prm: ['filter'] } };
  const seen = service.logLines.length;
  const response = await service.exchange(await service.rawToken(issuers[by], claims));
  const answer = (await response.json()) as Record<
    'code' | 'webSessionToken' | 'initialiser',
    string
  >;
  const rows: Record<string, unknown> = {};
  if (response.ok) {
    const headers = { Authorization: answer.webSessionToken, Initialiser: answer.initialiser };
    for (const title of titles) rows[title] = await amountOf(title, headers);
  }
  const erased = service.logLines
    .slice(seen)
    .filter(({ event }) => event === 'acl.erased')
    .map(({ audit, kid, profile, dataSources }) => ({ audit, kid, profile, dataSources }));
  return { rows, erased, refusal: response.ok ? undefined : answer.code };
}

async function amountOf(title: string, headers: Record<string, string>): Promise<unknown> {
  const metadata = [{ jaql: { dim: '[Facts.Amount]', agg: 'sum' } }];
  const response = await service.call(`/api/datasources/${title}/jaql`, headers, { metadata });
  if (response.status === 404) return undefined;
  return ((await response.json()) as QueryResult).values[0]?.[0]?.data;
}

const subsets = Array.from({ length: 16 }, (_, bits) =>
  titles.filter((_title, index) => (bits & (1 << index)) !== 0),
);
const cells = sources.flatMap((source) => subsets.map((ruled) => [source.title, ruled] as const));
const amounts = (reached: readonly string[], ruled: readonly string[]) =>
  Object.fromEntries(
    sources.map(({ title, own, foreign }) => [
      title,
      reached.includes(title) ? (ruled.includes(title) ? own : own + foreign) : undefined,
    ]),
  );
const eventFor = (by: keyof typeof issuers, dataSources: readonly string[]) => {
  const profile = by === 'compatible' ? 'compatible' : 'strict';
  return dataSources.length === 0
    ? []
    : [{ audit: true, kid: issuers[by].kid, profile, dataSources }];
};
const refused = { rows: {}, erased: [], refusal: 'token_refused' };

describe('four data sources, sixteen sets of rules, two profiles', () => {
  it.each(cells)(
    verifies(
      'D-2 TOK-9 TOK-10',
      'compatible: shows of %s under rules on %j what they leave, and writes down an erasure',
    ),
    async (title, ruled) => {
      expect(await shown([title], ruled, 'compatible')).toEqual({
        rows: amounts([title], ruled),
        erased: eventFor('compatible', ruled.includes(title) ? [] : [title]),
        refusal: undefined,
      });
    },
  );

  it.each(cells)(
    verifies(
      'D-2 TOK-9 TOK-10',
      'strict: shows of %s under rules on %j its own rows or opens nothing',
    ),
    async (title, ruled) => {
      const opened = { rows: amounts([title], ruled), erased: [], refusal: undefined };
      expect(await shown([title], ruled, 'strict')).toEqual(
        ruled.includes(title) ? opened : refused,
      );
    },
  );

  it.each(subsets.map((ruled) => [ruled]))(
    verifies('D-2 TOK-9', 'a token that reaches all four, with rules on %j'),
    async (ruled) => {
      const open = titles.filter((title) => !ruled.includes(title));
      expect(await shown(titles, ruled, 'compatible')).toEqual({
        rows: amounts(titles, ruled),
        erased: eventFor('compatible', open),
        refusal: undefined,
      });
      const opened = { rows: amounts(titles, titles), erased: [], refusal: undefined };
      expect(await shown(titles, ruled, 'strict')).toEqual(open.length === 0 ? opened : refused);
    },
  );

  it(
    verifies('D-2 TOK-9', 'strict with the permission erases by acl [] alone, and writes it down'),
    async () => {
      expect(await shown(titles, [], 'permitted')).toEqual({
        rows: amounts(titles, []),
        erased: eventFor('permitted', titles),
        refusal: undefined,
      });
      expect(await shown(titles, ['Alpha'], 'permitted')).toEqual(refused);
    },
  );
});
