import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { adminRoutes, dataCalls, publicRoutes, sessionCalls } from '../../test/data-routes.ts';
import { type SessionHeaders, startService, type TestService } from '../../test/start-service.ts';

const salesOid = 'bb0000000000000000000001';
const stockOid = 'bb0000000000000000000002';
/** Words that stand in the rows, or in the definitions, of the Sales data source. */
const salesWords = /Chair|Lamp|cmd|North|South|West|acme|globex|Secret|Amount|Region|[1-3]000/;
const globexWords = /Secret|globex|West|[1-3]000/;

const idleTimeoutMs = 50;

let service: TestService;
/** A service whose sessions hardly live. */
let aging: TestService;
beforeAll(async () => {
  service = await startService();
  aging = await startService({ idleTimeoutMs });
});
afterAll(() => Promise.all([service.stop(), aging.stop()]));

describe('the inventory of routes', () => {
  it(verifies('D-6', 'holds every route there is'), () => {
    const known = [
      ...[...dataCalls, ...sessionCalls].map(({ route }) => route),
      ...adminRoutes,
      ...publicRoutes,
    ];
    expect([...service.routes].sort()).toEqual([...known].sort());
  });
});

describe.each(dataCalls)('$route', ({ path, body }) => {
  const answer = async (headers: Partial<SessionHeaders>) => {
    const response = await service.call(path, headers, body);
    return { status: response.status, text: await response.text() };
  };

  it('gives the owner what is his', async () => {
    const owner = await answer(await service.open({ sub: 'acme-reader' }));
    expect(owner.status).toBeLessThan(300);
    expect(owner.text).not.toMatch(globexWords);
  });

  it(verifies('D-6', 'gives nothing without a session'), async () => {
    const { status, text } = await answer({});
    expect(status).toBe(401);
    expect(text).not.toMatch(salesWords);
  });

  it(verifies('D-6', 'gives nothing to an ended session'), async () => {
    const headers = await service.open({ sub: 'acme-reader' });
    const ended = await fetch(`${service.url}/api/v1/wat/sessionToken`, {
      method: 'DELETE',
      headers,
    });
    expect(ended.status).toBe(204);
    const { status, text } = await answer(headers);
    expect(status).toBe(401);
    expect(text).not.toMatch(salesWords);
  });

  it(verifies('D-6', 'gives nothing to half of a session'), async () => {
    const { Authorization } = await service.open({ sub: 'acme-reader' });
    expect((await answer({ Authorization })).status).toBe(401);
    const { Initialiser } = await service.open({ sub: 'acme-reader' });
    expect((await answer({ Authorization, Initialiser })).status).toBe(401);
  });

  it(
    verifies('D-6 D-14 TOK-7', 'gives nothing to a token whose res lacks the dashboard'),
    async () => {
      const { status, text } = await answer(
        await service.open({ sub: 'acme-reader', grants: { res: [`dashboards/${stockOid}`] } }),
      );
      expect(status).toBe(404);
      expect(text).not.toMatch(salesWords);
    },
  );

  it(verifies('D-6 TOK-7', 'gives nothing to a token with res []'), async () => {
    const { status, text } = await answer(
      await service.open({ sub: 'acme-reader', grants: { res: [] } }),
    );
    expect(status).toBe(404);
    expect(text).not.toMatch(salesWords);
  });

  it(verifies('D-6 TOK-9 DATA-2', 'gives another tenant none of the rows'), async () => {
    const acl = [{ dataSourceTitle: 'Sales', table: 'Sales', column: 'Tenant', members: ['acme'] }];
    const { text } = await answer(
      await service.open({
        sub: 'globex-reader',
        grants: { res: [`dashboards/${salesOid}`], acl },
      }),
    );
    expect(text).not.toMatch(globexWords);
  });

  it(verifies('TOK-10', 'gives no rows where the rule has no members'), async () => {
    const acl = [{ dataSourceTitle: 'Sales', table: 'Sales', column: 'Tenant', members: [] }];
    const { text } = await answer(await service.open({ sub: 'acme-reader', grants: { acl } }));
    expect(text).not.toMatch(/Chair|Lamp|cmd|[1-9]0\b/);
  });
});

describe.each([...dataCalls, ...sessionCalls])('$route', ({ path, body }) => {
  it(verifies('D-6', 'gives nothing to a session that has expired'), async () => {
    const headers = await aging.open({ sub: 'acme-reader' });
    await pause(2 * idleTimeoutMs);
    const late = await aging.call(path, headers, body);
    expect(late.status).toBe(401);
    expect(await late.text()).not.toMatch(salesWords);
  });
});

describe.each(sessionCalls)('$route', ({ path }) => {
  it(verifies('D-6 TOK-7', 'tells of no dashboard that res does not name'), async () => {
    for (const res of [[], [`dashboards/${stockOid}`]]) {
      const headers = await service.open({ sub: 'acme-reader', grants: { res } });
      const answer = await service.call(path, headers);
      expect(answer.status).toBe(200);
      const text = await answer.text();
      expect(text).not.toContain(salesOid);
      expect(text).not.toMatch(/Sales overview|Chair|Lamp/);
    }
  });

  it(verifies('D-6', 'wants a session'), async () => {
    expect((await service.call(path)).status).toBe(401);
    expect((await service.call(path, await service.open({ sub: 'acme-reader' }))).status).toBe(200);
  });
});

describe.each([...dataCalls, ...sessionCalls])('$route', ({ path, body }) => {
  it(verifies('F-7', 'lets no cache keep an answer or a refusal'), async () => {
    for (const headers of [await service.open({ sub: 'acme-reader' }), {}]) {
      // The second time the rows are kept by the service itself.
      for (let nth = 0; nth < 2; nth += 1) {
        const answer = await service.call(path, headers, body);
        await answer.text();
        expect(answer.headers.get('cache-control')).toBe('no-store');
        expect(answer.headers.get('etag')).toBeNull();
      }
    }
  });
});

describe('the public plane', () => {
  const pages = publicRoutes.filter((route) => route.startsWith('get /'));
  it.each(pages)(verifies('D-6', 'holds nothing of anybody: %s'), async (route) => {
    const path = route.slice('get '.length).replaceAll(/:\w+/g, 'a'.repeat(24));
    for (const headers of [{}, await service.open({ sub: 'acme-reader' })]) {
      const text = await (await service.call(path, headers)).text();
      expect(text).not.toMatch(/Chair|Lamp|acme|globex|Sales overview/);
    }
  });
});

describe('the admin plane', () => {
  const routes = adminRoutes.map((route) => {
    const [method = '', path = ''] = route.split(' ');
    const prefix = path === '/' || path === '/:id' ? '/api/v1/sessions' : '/api/v1/wat';
    const whole = path.startsWith('/api/') ? path : `${prefix}${path === '/' ? '' : path}`;
    return {
      method: method.toUpperCase(),
      path: whole.replace(':kid', 'a'.repeat(24)).replace(':id', 'x'),
    };
  });

  it.each(routes)(
    verifies('E-8 E-9', 'answers nobody without the admin token: $method $path'),
    async ({ method, path }) => {
      const session = await service.open({ sub: 'acme-reader' });
      for (const headers of [{}, session, { Authorization: 'Bearer wrong' }]) {
        const { status } = await fetch(`${service.url}${path}`, {
          method,
          headers: { ...headers },
        });
        expect([401, 403]).toContain(status);
      }
    },
  );
});

describe('every answer', () => {
  /** What a cache may keep: built files, by name or for minutes. */
  const cached = ['static', 'get /embed.js'];
  const routes = [
    ...[...dataCalls, ...sessionCalls].map(({ route }) => route),
    ...[...adminRoutes, ...publicRoutes].filter((route) => !cached.includes(route)),
  ].map((route) => {
    const [method = '', path = ''] = route.split(' ');
    const isWhole = /^\/(?:api|wat|embed|metrics|healthz|readyz)/.test(path);
    const prefix = path === '/' || path === '/:id' ? '/api/v1/sessions' : '/api/v1/wat';
    const whole = isWhole ? path : `${prefix}${path === '/' ? '' : path}`;
    return { method: method.toUpperCase(), path: whole.replaceAll(/:\w+/g, 'a'.repeat(24)) };
  });

  it.each(routes)(
    verifies('F-7 F-1', 'may rest in no cache, and passes nothing on: $method $path'),
    async ({ method, path }) => {
      for (const headers of [{}, service.admin]) {
        const { headers: answered } = await fetch(`${service.url}${path}`, {
          method,
          headers: { ...headers, 'Content-Type': 'application/json' },
        });
        expect(answered.get('cache-control')).toBe('no-store');
        expect(answered.get('referrer-policy')).toBe('no-referrer');
        expect(answered.get('x-content-type-options')).toBe('nosniff');
        expect(answered.get('set-cookie')).toBeNull();
        expect(answered.get('etag')).toBeNull();
      }
    },
  );
});
