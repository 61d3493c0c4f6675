import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { salesOid, stockOid } from '../../test/ask.ts';
import { type SessionHeaders, startService, type TestService } from '../../test/start-service.ts';

/** What belongs to one tenant, and a word that its answers hold. */
interface Belongings {
  readonly dashboard: string;
  readonly widget: string;
  readonly source: string;
  readonly dim: string;
  readonly words: RegExp;
}

const tenants = {
  acme: {
    ...{ dashboard: salesOid, widget: 'cc0000000000000000000003' },
    ...{ source: 'Sales', dim: '[Sales.Product]', words: /Sales|Chair|Lamp|Amount|Region/ },
  },
  globex: {
    ...{ dashboard: stockOid, widget: 'cc0000000000000000000011' },
    ...{ source: 'Warehouse Stock', dim: '[Stock.Item]', words: /Stock|Table|Pieces|Item/ },
  },
} as const satisfies Record<string, Belongings>;
type Tenant = keyof typeof tenants;
const names = Object.keys(tenants) as Tenant[];
const nothing: Belongings = {
  ...{ dashboard: '0'.repeat(24), widget: '0'.repeat(24), source: 'Nothing' },
  ...{ dim: '[Nothing.None]', words: /^$/ },
};

let service: TestService;
let sessions: Record<Tenant, SessionHeaders>;
beforeAll(async () => {
  service = await startService();
  const grants = (own: Belongings) => ({ res: [`dashboards/${own.dashboard}`], acl: [] });
  sessions = {
    acme: await service.open({ sub: 'acme-reader', grants: grants(tenants.acme) }),
    globex: await service.open({ sub: 'globex-reader', grants: grants(tenants.globex) }),
  };
});
afterAll(() => service.stop());

type Call = (of: Belongings, by: Belongings) => readonly [path: string, body?: object];
const dashboards = '/api/v1/dashboards';
const at = ({ source }: Belongings) => `/api/datasources/${encodeURIComponent(source)}`;

/** How each kind of object is named in a request: `of` whom it is, `by` whom the rest of the request is. */
const kinds: Readonly<Record<string, Call>> = {
  dashboard: ({ dashboard }) => [`${dashboards}/${dashboard}`],
  widget: ({ widget }, { dashboard }) => [`${dashboards}/${dashboard}/widgets/${widget}`],
  'widget and its dashboard': ({ dashboard, widget }) => [
    `${dashboards}/${dashboard}/widgets/${widget}`,
  ],
  'rows of a dashboard': ({ dashboard }) => [`${dashboards}/${dashboard}/data`, {}],
  'rows of a widget': ({ widget }, { dashboard }) => [
    `${dashboards}/${dashboard}/data`,
    { widgets: [widget] },
  ],
  'file of a dashboard': ({ dashboard }) => [
    `${dashboards}/${dashboard}/export`,
    { format: 'xlsx' },
  ],
  'file of a widget': ({ widget }, { dashboard }) => [
    `${dashboards}/${dashboard}/export`,
    { format: 'csv', widget },
  ],
  'data source': (of) => [`${at(of)}/jaql`, { metadata: [{ jaql: { dim: of.dim } }] }],
  'data source as CSV': (of) => [`${at(of)}/jaql/csv`, { metadata: [{ jaql: { dim: of.dim } }] }],
  'data source named in the body': ({ source }, by) => [
    `${at(by)}/jaql`,
    { datasource: source, metadata: [{ jaql: { dim: by.dim } }] },
  ],
  'field of a data source': ({ dim }, by) => [`${at(by)}/jaql`, { metadata: [{ jaql: { dim } }] }],
  'list of fields': (of) => [`${at(of)}/fields/search`, {}],
  'list of members': (of) => [`${at(of)}/members`, { dim: of.dim }],
  'dashboard whose filters narrow members': ({ dashboard }, by) => [
    `${at(by)}/members`,
    { dim: by.dim, dashboard },
  ],
  'queries of a data source': (of) => [`${at(of)}/cancel_queries`, { queries: 'a' }],
};

async function answer(call: Call, of: Belongings, by: Tenant) {
  const response = await service.call(...place(call(of, tenants[by]), sessions[by]));
  const text = await response.text();
  return { status: response.status, text };
}
const place = (
  [path, body]: readonly [string, object?],
  headers: SessionHeaders,
): [string, SessionHeaders, object | undefined] => [path, headers, body];
/** Without what differs from one refusal to the next. */
const plain = (text: string) => text.replaceAll(/"(?:id|instance)":"[^"]*"/g, '');

describe('an object of another tenant', () => {
  it('is tried in 12 kinds at the least', () => {
    expect(Object.keys(kinds).length).toBeGreaterThanOrEqual(12);
  });

  const pairs = Object.keys(kinds).flatMap((kind) =>
    names.flatMap((of) => names.map((by) => [kind, of, by] as const)),
  );
  it.each(pairs)(
    verifies('D-14 D-6', 'is there for its own alone: %s of %s, asked for by %s'),
    async (kind, of, by) => {
      const call = kinds[kind] as Call;
      const { status, text } = await answer(call, tenants[of], by);
      if (of === by) {
        expect([200, 204]).toContain(status);
        return;
      }
      const missing = await answer(call, nothing, by);
      expect([404, 422, 400]).toContain(status);
      expect({ status, text: plain(text) }).toEqual({
        status: missing.status,
        text: plain(missing.text),
      });
      expect(text).not.toMatch(tenants[of].words);
    },
  );

  it.each([
    ['acme', 'globex'],
    ['globex', 'acme'],
  ] as const)(
    verifies('D-14 E-5', 'is no session made of half of one and half of another: %s, %s'),
    async (one, other) => {
      const { Authorization } = sessions[one];
      const { Initialiser } = sessions[other];
      for (const path of ['/api/v1/session', `${dashboards}/${tenants[one].dashboard}`]) {
        expect((await service.call(path, { Authorization, Initialiser })).status).toBe(401);
      }
      const ended = await fetch(`${service.url}/api/v1/wat/sessionToken`, {
        method: 'DELETE',
        headers: { Authorization, Initialiser },
      });
      expect([204, 401]).toContain(ended.status);
      for (const name of names) {
        expect((await service.call('/api/v1/session', sessions[name])).status).toBe(200);
      }
    },
  );
});
