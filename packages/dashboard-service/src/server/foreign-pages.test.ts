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
  ...['https://app.example.com#evil', 'https://app.example.com?evil', host],
];
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const targets = () => [
  ...['/api/v1/session', '/api/v1/dashboards', '/api/v1/wat/sessionToken', '/api/v1/users'],
  ...['/api/v1/wat/configurations', `/embed/${issuer.kid}`, '/metrics', '/api/v1/openapi.json'],
];

describe('a page of another origin', () => {
  it(verifies('F-9', 'is let in under none of 40 origins, and none is echoed'), async () => {
    expect(origins.length).toBeGreaterThanOrEqual(40);
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
            Origin: 'https://evil.example',
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
            dataPaths.has(path) ? [415] : [401, 403, 404, 415],
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
