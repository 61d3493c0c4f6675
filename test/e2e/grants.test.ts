import { grantLength } from '@vitrine/claims';
import { importPublicKey } from '@vitrine/tokens';
import { CompactEncrypt } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Api,
  createConfiguration,
  dashboardData,
  exchange,
  type Key,
  openSession,
  sessionOf,
} from '../harness/api.ts';
import { verifies } from '../verifies.ts';
import {
  airlineReader,
  flightOperations,
  operator,
  retailReader,
  shopOverview,
  tenant,
  wildlifeStrikes,
} from './demo.ts';

const strikesWidget = '670c00000000000000020101';
const unitsWidget = '670c00000000000000020302';
let key: Key;

beforeAll(async () => {
  key = await createConfiguration();
});

/** A token as another library makes it: nothing checks the claims. */
async function encrypt(claims: object, zip = true): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({
      typ: 'JWT',
      alg: 'RSA-OAEP-256',
      enc: 'A128GCM',
      kid: key.kid,
      ...(zip && { zip: 'DEF' }),
    })
    .encrypt(await importPublicKey(key.publicKey));
}

const dashboards = async (api: Api): Promise<string[]> => {
  const list = (await (await api.call('/api/v1/dashboards')).json()) as { oid: string }[];
  return list.map(({ oid }) => oid);
};

async function strikes(api: Api, body: object = {}): Promise<number> {
  const line = (await dashboardData(api, wildlifeStrikes, body)).get(strikesWidget)!;
  return line.values.reduce((sum, row) => sum + Number(row[1]?.data), 0);
}

async function units(api: Api): Promise<number> {
  return Number((await dashboardData(api, shopOverview)).get(unitsWidget)!.values[0]?.[0]?.data);
}

describe('res', () => {
  it(verifies('TOK-3 TOK-4 TOK-7', 'absent: what is shared with sub'), async () => {
    expect(await dashboards(await openSession(key, { sub: airlineReader }))).toEqual([
      wildlifeStrikes,
    ]);
  });

  it(verifies('TOK-4 TOK-7 D-14', '[]: nothing, not even what exists'), async () => {
    const api = await openSession(key, { sub: airlineReader, grants: { res: [] } });
    expect(await dashboards(api)).toEqual([]);
    for (const oid of [wildlifeStrikes, '000000000000000000000000']) {
      for (const [path, method] of [
        [`/api/v1/dashboards/${oid}`, 'GET'],
        [`/api/v1/dashboards/${oid}/data`, 'POST'],
      ] as const) {
        const response = await api.call(
          path,
          method === 'POST' ? { method, body: {} } : { method },
        );
        expect(response.status).toBe(404);
        expect(((await response.json()) as { code: string }).code).toBe('not_found');
      }
    }
  });

  it(verifies('TOK-4 TOK-7', 'values: exactly these, whatever sub may see'), async () => {
    const api = await openSession(key, {
      sub: airlineReader,
      grants: { res: [`dashboards/${flightOperations}`] },
    });
    expect(await dashboards(api)).toEqual([flightOperations]);
  });
});

describe('acl', () => {
  it(verifies('TOK-3 TOK-4', 'absent: the rules of sub'), async () => {
    expect(await strikes(await openSession(key, { sub: airlineReader }))).toBe(371);
  });

  it(verifies('TOK-4 TOK-9 D-2', '[]: no data security at all'), async () => {
    const api = await openSession(key, { sub: airlineReader, grants: { acl: [] } });
    expect(await strikes(api)).toBe(10_000);
  });

  it(verifies('TOK-4 TOK-9', 'values: these instead of those of sub'), async () => {
    const api = await openSession(key, {
      sub: airlineReader,
      grants: { acl: [operator('DELTA AIR LINES', 'SOUTHWEST AIRLINES')] },
    });
    expect(await strikes(api)).toBe(865 + 844);
  });

  it(verifies('TOK-10 D-12', 'without members lets nothing through'), async () => {
    const api = await openSession(key, { sub: airlineReader, grants: { acl: [operator()] } });
    expect(await strikes(api)).toBe(0);
  });

  it(verifies('TOK-5 B-2', 'outside grants has no effect'), async () => {
    const claims = { sub: airlineReader, acl: [operator('DELTA AIR LINES')] };
    const api = await sessionOf(await exchange(await encrypt(claims)));
    expect(await strikes(api)).toBe(371);
  });
});

describe('flt', () => {
  const condition = {
    jaql: {
      table: 'Commerce',
      column: 'Condition',
      dim: '[Commerce.Condition]',
      datatype: 'text',
      filter: { members: ['New'] },
      title: 'Condition',
    },
  } as const;

  it(verifies('TOK-4 TOK-8', 'replaces, clears or inherits the dashboard filters'), async () => {
    const inherited = await openSession(key, { sub: retailReader });
    const cleared = await openSession(key, { sub: retailReader, grants: { flt: [] } });
    const replaced = await openSession(key, { sub: retailReader, grants: { flt: [condition] } });
    const filters = async (api: Api) =>
      ((await (await api.call(`/api/v1/dashboards/${shopOverview}`)).json()) as { filters: [] })
        .filters.length;
    expect(await filters(inherited)).toBe(4);
    expect(await filters(cleared)).toBe(0);
    expect(await filters(replaced)).toBe(1);
    expect(await units(cleared)).toBe(await units(inherited));
    expect(await units(replaced)).toBeLessThan(await units(cleared));
  });
});

describe('prm', () => {
  const filters = [
    {
      jaql: {
        dim: '[Strikes.Wildlife Size]',
        datatype: 'text',
        filter: { members: ['Large'] },
      },
    },
  ];

  it.each([
    [undefined, true, true],
    [[], false, false],
    [['filter'], true, false],
    [['export'], false, true],
    [['filter', 'export'], true, true],
  ] as const)(
    verifies('TOK-4 TOK-11 D-11', '%j: filter %s, export %s'),
    async (prm, filter, canExport) => {
      const api = await openSession(
        key,
        tenant('DELTA AIR LINES', { grants: prm === undefined ? {} : { prm } }),
      );
      const filtered = await api.call(`/api/v1/dashboards/${wildlifeStrikes}/data`, {
        method: 'POST',
        body: { filters },
      });
      expect(filtered.status).toBe(filter ? 200 : 403);
      await filtered.arrayBuffer();
      const exported = await api.call(`/api/v1/dashboards/${wildlifeStrikes}/export`, {
        method: 'POST',
        body: { format: 'xlsx' },
      });
      expect(exported.status).toBe(canExport ? 200 : 403);
      await exported.arrayBuffer();
    },
  );
});

describe('a whole token', () => {
  it(
    verifies('TOK-8 TOK-9 TOK-12 TOK-13', 'with every claim does all of them at once'),
    async () => {
      const api = await openSession(key, {
        sub: retailReader,
        exp: Math.floor(Date.now() / 1000) + 60,
        nbf: Math.floor(Date.now() / 1000) - 60,
        iat: 1631098710,
        iss: 'any string',
        grants: {
          res: [`dashboards/${shopOverview}`],
          acl: [
            {
              dataSourceTitle: 'Sample ECommerce',
              table: 'Commerce',
              column: 'Gender',
              allMembers: null,
              datatype: 'text',
              members: ['Male'],
              exclusionary: false,
            },
          ],
          prm: ['filter', 'export'],
        },
        lng: 'de-DE',
        loc: 'ko-KR',
        thm: '62011a15c2eb04001bbf85e8',
        trc: ['facebook_post', 'public'],
      });
      const session = (await (await api.call('/api/v1/session')).json()) as Record<string, unknown>;
      expect(session).toMatchObject({
        language: 'de-DE',
        locale: 'ko-KR',
        theme: { oid: '62011a15c2eb04001bbf85e8', source: 'token' },
        abilities: { filter: true, export: true },
      });
      const all = await openSession(key, { sub: retailReader, grants: { acl: [] } });
      expect(await units(api)).toBeLessThan(await units(all));
    },
  );

  it(verifies('TOK-14 B-6', 'holds 81,200 characters of grants and not one more'), async () => {
    const claims = (fill: string) => ({
      sub: airlineReader,
      grants: { acl: [{ ...operator('DELTA AIR LINES'), members: ['DELTA AIR LINES', fill] }] },
    });
    const most = 81_200 - grantLength(claims(''));
    for (const character of ['a', 'é', '漢']) {
      for (const zip of [true, false]) {
        expect((await exchange(await encrypt(claims(character.repeat(most)), zip))).status).toBe(
          200,
        );
        expect(
          (await exchange(await encrypt(claims(character.repeat(most + 1)), zip))).status,
        ).toBe(401);
      }
    }
  });
});
