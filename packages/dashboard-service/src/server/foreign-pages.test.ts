import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { adminRoutes, dataCalls, publicRoutes } from '../../test/data-routes.ts';
import { rawRequest, statusesIn } from '../../test/raw-request.ts';
import { type Issuer, startService, type TestService } from '../../test/start-service.ts';

const host = 'https://app.example.com';
let service: TestService;
let issuer: Issuer;
beforeAll(async () => {
  service = await startService();
  issuer = await service.issuer({ origins: [host], profile: 'compatible' });
});
afterAll(() => service.stop());

/** Origins that a careless comparison takes for the one that is allowed, and others. */
const origins = [
  ...['null', '', 'https://evil.example', 'https://app.example.com.evil.example', 'file://'],
  ...['https://evilapp.example.com', 'https://app.example.comevil.example', 'https://example.com'],
  ...['https://evil.example/app.example.com', 'https://app.example.com@evil.example', 'data:'],
  ...['https://app.example.com:444', 'https://app.example.com:80', 'http://app.example.com'],
  ...['https://app.example.com:443', 'https://app.example.com/', 'https://app.example.com.'],
  ...[
    'https://APP.example.com',
    'HTTPS://app.example.com',
    'https://app.example.com%00.evil.example',
  ],
  ...['https://app.example.com%60.evil.example', 'https://app.example.com_.evil.example'],
  ...['https://xn--pp-eka.example.com', 'https://b.app.example.com', 'https://*.example.com', '*'],
  ...[
    'https://app-example.com',
    'https://appXexample.com',
    'https://app.example.co',
    'about:blank',
  ],
  ...[
    'http://localhost',
    'http://127.0.0.1',
    'http://[::1]',
    'https://app.example.com evil.example',
  ],
  ...['https://app.example.com,https://evil.example', 'chrome-extension://abc', 'blob:https://a'],
  ...['https://app.example.com#evil', 'https://app.example.com?evil'],
];
const oid = '0'.repeat(24);
const viewerPaths = [
  ...['/api/v1/wat/sessionToken', '/api/v1/web-access-tokens/sessionToken', '/api/v1/session'],
  ...['/api/v1/dashboards', `/api/v1/dashboards/${oid}/data`, `/api/v1/themes/${oid}`],
  ...['/api/datasources/Sales/jaql', '/api/datasources/Sales/jaql/csv?x=1'],
];
const adminPaths = [
  ...['/api/v1/wat/generate', '/api/v1/wat/configurations', '/api/v1/sessions', '/api/v1/users'],
  ...['/api/v1/themes', '/api/v1/sessionsx', '/metrics', '/api/v1/openapi.json', '/healthz'],
];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const targets = () => [
  ...['/api/v1/session', '/api/v1/dashboards', '/api/v1/wat/sessionToken', '/api/v1/users'],
  ...['/api/v1/wat/configurations', `/embed/${issuer.kid}`, '/metrics', '/api/v1/openapi.json'],
];

describe('a page of another origin', () => {
  it(verifies('F-9', 'is let in under none of 39 origins, and none is echoed'), async () => {
    expect(origins.length).toBeGreaterThanOrEqual(39);
    const session = await service.open({ sub: 'acme-reader' }, issuer);
    const wrong: string[] = [];
    for (const path of targets()) {
      for (const origin of origins) {
        const ask = (method: string, more: string) =>
          rawRequest(
            service.url,
            `${method} ${path} HTTP/1.1\r\nHost: x\r\nOrigin: ${origin}\r\nConnection: close\r\n${more}\r\n`,
          );
        const [preflight, plain] = await Promise.all([
          ask(
            'OPTIONS',
            'Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n',
          ),
          ask(
            'GET',
            `Authorization: ${session.Authorization}\r\nInitialiser: ${session.Initialiser}\r\n`,
          ),
        ]);
        const isOpened = [preflight, plain].some((each) => /^access-control-/im.test(each));
        if (isOpened || preflight === '' || plain === '') wrong.push(`${origin} ${path}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  const asPage = (origin: string, more: Record<string, string> = {}) => ({
    ...{ Origin: origin, 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': 'cors' },
    ...more,
  });
  const preflight = (path: string, origin = host) =>
    fetch(`${service.url}${path}`, {
      method: 'OPTIONS',
      headers: asPage(origin, {
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type,initialiser',
      }),
    });
  const allowed = (answer: Response) => answer.headers.get('Access-Control-Allow-Origin');
  const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;
  const exchange = (webAccessToken: string, origin = host) =>
    fetch(`${service.url}/api/v1/wat/sessionToken`, {
      method: 'POST',
      headers: asPage(origin, { 'Content-Type': 'application/json' }),
      body: JSON.stringify({ webAccessToken }),
    });

  it(
    verifies(
      'CFG-4 F-9',
      'that a configuration names may ask the viewer plane, without credentials',
    ),
    async () => {
      for (const path of viewerPaths) {
        const answer = await preflight(path);
        expect([answer.status, allowed(answer)], path).toEqual([204, host]);
        expect(answer.headers.get('Vary')).toBe('Origin');
        expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull();
        expect(answer.headers.get('Access-Control-Allow-Headers')).toContain('Initialiser');
      }
      const opened = await exchange(await service.mint(issuer, { sub: 'acme-reader' }));
      expect([opened.status, allowed(opened)]).toEqual([200, host]);
      const held = (await opened.json()) as { webSessionToken: string; initialiser: string };
      const session = { Authorization: held.webSessionToken, Initialiser: held.initialiser };
      const read = await service.call('/api/v1/dashboards', asPage(host, session));
      expect([read.status, allowed(read)]).toEqual([200, host]);
      const refused = await exchange('x');
      expect([refused.status, allowed(refused)]).toEqual([400, host]);
    },
  );

  it(verifies('CFG-4', 'is never let in to the admin plane, a page or a figure'), async () => {
    for (const path of adminPaths) {
      expect(allowed(await preflight(path)), path).toBeNull();
      expect(allowed(await service.call(path, asPage(host, service.admin))), path).toBeNull();
    }
  });

  it(
    verifies('CFG-4 F-9', 'uses no token and no session of a configuration that does not name it'),
    async () => {
      const other = 'https://other.example';
      const theirs = await service.issuer({ origins: [other], profile: 'compatible' });
      const token = await service.mint(theirs, { sub: 'acme-reader' });
      const answer = await exchange(token);
      expect([answer.status, await codeOf(answer)]).toEqual([403, 'origin_refused']);
      const usage = await service.call(
        `/api/v1/wat/configurations/${theirs.kid}/usage`,
        service.admin,
      );
      expect(((await usage.json()) as { total: number | null }).total).toBeNull();
      const session = await service.open({ sub: 'acme-reader' }, theirs);
      const read = await service.call('/api/v1/session', asPage(host, session));
      expect([read.status, await codeOf(read)]).toEqual([403, 'origin_refused']);
      expect((await service.call('/api/v1/session', asPage(other, session))).status).toBe(200);
    },
  );

  it(verifies('CFG-4', 'is told nothing about configurations that it cannot use'), async () => {
    const named = await exchange(
      await service.mint(issuer, { sub: 'acme-reader' }),
      'https://x.example',
    );
    expect([named.status, allowed(named)]).toEqual([403, null]);
    const broken = `${(await service.mint(issuer, { sub: 'acme-reader' })).slice(0, -4)}AAAA`;
    const unknown = await service.mintWithoutChecks(
      { ...issuer, kid: oid },
      { sub: 'acme-reader' },
    );
    for (const token of [broken, unknown]) {
      expect(await codeOf(await exchange(token))).toBe('token_refused');
    }
  });

  it(
    verifies('CFG-4', 'stops being let in when its configuration is taken out of service'),
    async () => {
      const origin = 'https://leaving.example';
      const { kid } = await service.issuer({ origins: [origin], profile: 'compatible' });
      const settled = () => new Promise((resolve) => setTimeout(resolve, 1100));
      await settled();
      expect(allowed(await preflight('/api/v1/session', origin))).toBe(origin);
      await fetch(`${service.url}/api/v1/wat/configurations/${kid}`, {
        method: 'PATCH',
        headers: { ...service.admin, 'Content-Type': 'application/json' },
        body: JSON.stringify({ enabled: false }),
      });
      await settled();
      expect(allowed(await preflight('/api/v1/session', origin))).toBeNull();
    },
  );

  it(verifies('LNK-3', 'is not this service, whatever proxy stands between'), async () => {
    const session = await service.open({ sub: 'acme-reader' }, issuer);
    const own = service.url;
    for (const headers of [
      { Origin: own },
      { Origin: 'https://viewer.example', 'Sec-Fetch-Site': 'same-origin' },
    ]) {
      const answer = await service.call('/api/v1/session', { ...session, ...headers });
      expect([answer.status, allowed(answer)]).toEqual([200, null]);
    }
  });

  const forms = [
    ['text/plain', '{"name":"x","profile":"strict","enabled":false,"claim":"sub","value":"x"}'],
    ['application/x-www-form-urlencoded', 'name=x&profile=strict&enabled=false'],
    [
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nx\r\n--b--',
    ],
    ['', '{"name":"x","profile":"strict"}'],
  ] as const;

  it(verifies('F-8', 'changes nothing with a form or a fetch without preflight'), async () => {
    const state = async () => {
      const { admin } = service;
      const read = async (path: string) => (await service.call(path, admin)).text();
      const sessions = await read('/api/v1/sessions');
      return [
        await read('/api/v1/wat/configurations'),
        sessions,
        await read('/api/v1/wat/revocations'),
      ];
    };
    const token = await service.mint(issuer, { sub: 'acme-reader' });
    const session = await service.open({ sub: 'acme-reader' }, issuer);
    const before = await state();
    const all = [...adminRoutes, ...dataCalls.map(({ route }) => route), ...publicRoutes]
      .filter((route) => /^(?:post|patch|delete) /.test(route))
      .map((route) => {
        const [method = '', path = ''] = route.split(' ');
        const prefix = path === '/:id' ? '/api/v1/sessions' : '/api/v1/wat';
        const whole = path.startsWith('/api/') ? path : `${prefix}${path}`;
        return { method: method.toUpperCase(), path: whole.replace(':kid', issuer.kid) };
      });
    expect(all.length).toBeGreaterThan(15);
    const dataPaths = new Set(dataCalls.map(({ route }) => route.slice(route.indexOf(' ') + 1)));
    for (const { method, path } of all) {
      for (const [type, body] of forms) {
        // The worst case: what the page sends carries a reader's session, the administrator's token, or a good one to exchange.
        const isReaders = path.endsWith('/sessionToken') || dataPaths.has(path);
        const answer = await fetch(`${service.url}${path}`, {
          method,
          headers: {
            ...(isReaders ? session : service.admin),
            ...(type !== '' && { 'Content-Type': type }),
            'Sec-Fetch-Site': 'cross-site',
            'Sec-Fetch-Mode': 'no-cors',
            // A form of a page that may embed is no better.
            Origin: dataPaths.has(path) ? host : 'https://evil.example',
          },
          ...(path.endsWith('/sessionToken') && method === 'DELETE'
            ? {}
            : {
                body: path.endsWith('/sessionToken')
                  ? body.replace('{', `{"webAccessToken":"${token}",`)
                  : body,
              }),
        });
        const isOwnEnd = method === 'DELETE' && path.endsWith('/sessionToken');
        if (!isOwnEnd)
          expect(
            dataPaths.has(path) ? [403, 415] : [401, 403, 404, 415],
            `${method} ${path} ${type}`,
          ).toContain(answer.status);
      }
    }
    await service.open({ sub: 'acme-reader' }, issuer);
    const after = await state();
    expect(after[0]).toBe(before[0]);
    expect(after[2]).toBe(before[2]);
  });

  it(verifies('F-8', 'finds no act behind a GET or a method of no route'), async () => {
    const acts = ['generate', 'test', `configurations/${issuer.kid}/rotate`, 'sessionToken'];
    for (const act of acts) {
      for (const method of methods.filter((each) => each !== 'POST' && each !== 'DELETE')) {
        const { status } = await fetch(`${service.url}/api/v1/wat/${act}`, {
          method,
          headers: service.admin,
        });
        expect([401, 404], `${method} ${act}`).toContain(status);
      }
    }
  });
});

describe('the pages of the viewer', () => {
  const ask = (destination: string | undefined, path = `/embed/${issuer.kid}`) =>
    rawRequest(
      service.url,
      `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${destination === undefined ? '' : `Sec-Fetch-Dest: ${destination}\r\n`}\r\n`,
    );

  it.each(['document', 'iframe', undefined])(
    verifies('F-8', 'open where a page belongs: %s'),
    async (destination) => {
      expect(await ask(destination)).not.toContain('destination_refused');
    },
  );

  it.each([
    ...[
      '',
      'empty',
      'script',
      'style',
      'image',
      'object',
      'embed',
      'frame',
      'fencedframe',
      'worker',
    ],
    ...['serviceworker', 'font', 'audio', 'Document', 'iframe, document'],
  ])(verifies('F-8', 'open nowhere else: "%s"'), async (destination) => {
    for (const path of [`/embed/${issuer.kid}`, '/wat/a.b.c.d.e/app/main']) {
      const answer = await ask(destination, path);
      expect(statusesIn(answer)).toEqual([403]);
      expect(answer).toContain('destination_refused');
    }
  });
});
