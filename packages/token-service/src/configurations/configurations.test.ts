import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import {
  adminToken,
  codeOf,
  newState,
  opened,
  type Started,
  startService,
  startTime,
} from '../test/start-service.ts';

const path = '/api/v1/wat/configurations';
let state: Awaited<ReturnType<typeof newState>>;
let service: Started;

beforeAll(async () => {
  state = await newState();
  service = await startService(state.file);
});
afterAll(async () => {
  await service.stop();
  await state.remove();
});

const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

/** The modulus of a public key in the forms it could leak in. */
function formsOf(pem: string): string[] {
  const base64 = pem.replaceAll(/-----[^-]+-----|\s/g, '');
  const modulus = Buffer.from(base64, 'base64').subarray(33, 33 + 256);
  // Three offsets: base64 looks different at each.
  const slices = [0, 1, 2].map((offset) => modulus.subarray(offset + 30, offset + 90));
  return [
    // One whole line of the PEM, since a log or a file holds it with its line breaks.
    base64.slice(64, 128),
    modulus.toString('hex').slice(40, 104),
    ...slices.map((slice) => slice.toString('base64').slice(4, 64)),
    ...slices.map((slice) => slice.toString('base64url').slice(4, 64)),
  ];
}

describe('configurations', () => {
  it(verifies('CFG-1 CFG-4', 'creates one, with its secret this once'), async () => {
    const body = {
      ...{ name: ' Acme ', profile: 'strict', origins: ['https://*.acme.example'] },
      ...{ linksAllowed: false, maxTokenLifetimeSeconds: 60, allowErasedAcl: true },
      ...{ idleTimeoutSeconds: 120, endSessionsAtExp: true },
      ...{ maxSessions: 1000, maxSessionsPerSubject: 5, maxSessionsPerToken: 100 },
      maxOpensPerMinute: 600,
    };
    const response = await service.admin('POST', path, body);
    expect(response.status).toBe(201);
    const { kid, secret, ...rest } = await json(response);
    expect(response.headers.get('location')).toBe(`${path}/${kid}`);
    expect(kid).toMatch(/^[0-9a-f]{24}$/);
    expect(secret).toMatch(/^-----BEGIN PUBLIC KEY-----\n[\s\S]+\n-----END PUBLIC KEY-----\n$/);
    const created = new Date(startTime).toISOString();
    const shown = {
      ...{ ...body, name: 'Acme', enabled: true, createdAt: created, updatedAt: created },
      ...{ signature: null, rotatedAt: null },
    };
    expect(rest).toEqual(shown);
    expect(await json(await service.admin('GET', `${path}/${kid}`))).toEqual({ kid, ...shown });
    expect(await service.service.configurationOf(String(kid))).toEqual({ kid, ...shown });
    expect(await service.service.configurationOf('f'.repeat(24))).toBeUndefined();
  });

  it(verifies('CFG-4', 'has no default profile'), async () => {
    const response = await service.admin('POST', path, { name: 'Acme' });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      code: 'body_invalid',
      errors: [{ pointer: '/profile' }],
    });
  });

  it(verifies('CFG-1', 'renames, disables, enables, lists and deletes'), async () => {
    const { kid } = await service.create();
    const one = `${path}/${kid}`;
    const changes = { name: 'New name', origins: ['http://localhost:4701'], enabled: false };
    expect(await json(await service.admin('PATCH', one, changes))).toMatchObject(changes);
    const enabled = await service.admin('PATCH', one, { enabled: true });
    expect(await json(enabled)).toMatchObject({ ...changes, enabled: true });
    const { configurations } = await json(await service.admin('GET', path));
    expect(configurations).toContainEqual(expect.objectContaining({ kid, name: 'New name' }));
    expect((await service.admin('DELETE', one)).status).toBe(204);
    for (const method of ['GET', 'DELETE', 'PATCH']) {
      const response = await service.admin(method, one, method === 'PATCH' ? {} : undefined);
      expect([response.status, await codeOf(response)]).toEqual([404, 'not_found']);
    }
    expect((await service.admin('GET', `${one}/usage`)).status).toBe(404);
  });

  it.each([
    ['kid', 'f'.repeat(24)],
    ['keys', []],
    ['secret', 'x'],
    ['createdAt', 0],
    ['deletedAt', null],
    ['__proto__x', {}],
  ])(verifies('E-10', 'assigns nothing through the name %s'), async (name, value) => {
    const { kid } = await service.create();
    const body = { name: 'Acme', profile: 'strict', [name]: value };
    expect(await codeOf(await service.admin('POST', path, body))).toBe('body_invalid');
    const change = await service.admin('PATCH', `${path}/${kid}`, { [name]: value });
    expect(await codeOf(change)).toBe('body_invalid');
  });

  it(verifies('E-3', 'takes no profile and no other key in a change'), async () => {
    const { kid } = await service.create();
    const change = await service.admin('PATCH', `${path}/${kid}`, { profile: 'strict' });
    expect(await codeOf(change)).toBe('body_invalid');
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString'])(
    verifies('E-10', 'refuses a body with the name %s'),
    async (name) => {
      const body = `{"name": "Acme", "profile": "strict", "${name}": {"polluted": true}}`;
      expect(await codeOf(await service.admin('POST', path, body))).toBe('body_invalid');
      expect(Object.prototype).not.toHaveProperty('polluted');
    },
  );

  it.each([
    [{ name: '' }, '/name'],
    [{ name: 'x'.repeat(101) }, '/name'],
    [{ name: 'a\u0000b' }, '/name'],
    [{ name: 5 }, '/name'],
    [{ profile: 'loose' }, '/profile'],
    [{ origins: ['*'] }, '/origins/0'],
    [{ origins: ['https://a.example', 'null'] }, '/origins/1'],
    [{ origins: 'https://a.example' }, '/origins'],
    [{ origins: Array(101).fill('https://a.example') }, '/origins'],
    [{ maxTokenLifetimeSeconds: 0 }, '/maxTokenLifetimeSeconds'],
    [{ maxTokenLifetimeSeconds: 1.5 }, '/maxTokenLifetimeSeconds'],
    [{ maxTokenLifetimeSeconds: '60' }, '/maxTokenLifetimeSeconds'],
    [{ idleTimeoutSeconds: 59 }, '/idleTimeoutSeconds'],
    [{ linksAllowed: 1 }, '/linksAllowed'],
    [{ endSessionsAtExp: null }, '/endSessionsAtExp'],
    [{ maxSessions: 0 }, '/maxSessions'],
    [{ maxSessions: 100_001 }, '/maxSessions'],
    [{ maxOpensPerMinute: 0 }, '/maxOpensPerMinute'],
    [{ maxOpensPerMinute: 10_001 }, '/maxOpensPerMinute'],
    [{ maxSessionsPerSubject: 1.5 }, '/maxSessionsPerSubject'],
    [{ maxSessionsPerSubject: 'none' }, '/maxSessionsPerSubject'],
    [{ maxSessionsPerToken: 0 }, '/maxSessionsPerToken'],
    [{ signature: 'ES256' }, '/signature'],
    [{ signature: { publicKey: 'x' } }, '/signature/algorithm'],
    [{ signature: { algorithm: 'ES256' } }, '/signature/publicKey'],
    [{ signature: { algorithm: 'HS256', publicKey: 'x' } }, '/signature/algorithm'],
    [{ signature: { algorithm: 'none', publicKey: 'x' } }, '/signature/algorithm'],
    [{ signature: { algorithm: 'ES256', publicKey: 5 } }, '/signature/publicKey'],
    [{ signature: { algorithm: 'ES256', publicKey: 'x' } }, '/signature/publicKey'],
    [{ signature: { algorithm: 'ES256', publicKey: { kty: 'oct' } } }, '/signature/publicKey'],
    [{ surprise: true }, '/surprise'],
  ])(verifies('CFG-4 E-2', 'refuses %j and says where'), async (settings, pointer) => {
    const body = { name: 'Acme', profile: 'strict', ...settings };
    const response = await service.admin('POST', path, body);
    expect(response.status).toBe(400);
    const { code, errors } = await json(response);
    expect(code).toBe('body_invalid');
    expect(errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it(
    verifies(
      'CFG-1 TOK-2 E-1',
      'never shows a secret again, in no answer, no log line and no state file',
    ),
    async () => {
      const created = await service.create({ name: 'Secretive' });
      await opened(await service.exchange(await service.mint(created)));
      const { kid, secret } = created;
      const payload = { sub: 'ada' };
      const answers = [
        await service.admin('GET', path),
        await service.admin('GET', `${path}/${kid}`),
        await service.admin('PATCH', `${path}/${kid}`, { name: 'Other' }),
        await service.admin('GET', `${path}/${kid}/usage`),
        await service.admin('GET', '/api/v1/sessions'),
        await service.admin('POST', '/api/v1/wat/generate', { header: { kid }, payload, secret }),
        await service.admin('POST', '/api/v1/wat/generate', {
          header: { kid },
          payload: {},
          secret,
        }),
        await service.admin('POST', '/api/v1/wat/test', { token: await service.mint(created) }),
      ];
      const files = ['state.db', 'state.db-wal'].map((name) => readFile(`${state.folder}/${name}`));
      const bytes = Buffer.concat(await Promise.all(files));
      const seen = [
        ...(await Promise.all(answers.map((answer) => answer.text()))),
        service.logText(),
        bytes.toString('latin1'),
      ].join('\n');
      for (const form of formsOf(secret)) expect(seen).not.toContain(form);
      const modulus = Buffer.from(secret.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
      expect(bytes.includes(modulus.subarray(60, 100))).toBe(false);
    },
  );

  it(
    verifies(
      'CFG-2 E-1',
      'keeps no private key in the state file: no PKCS#8 in DER, PEM or base64',
    ),
    async () => {
      await service.create();
      const files = ['state.db', 'state.db-wal'].map((name) => readFile(`${state.folder}/${name}`));
      const bytes = Buffer.concat(await Promise.all(files));
      // SEQUENCE { INTEGER 0, SEQUENCE { OID rsaEncryption … } }, as every PKCS#8 of an RSA key begins.
      const der = Buffer.from('020100300d06092a864886f70d010101', 'hex');
      expect(bytes.includes(der)).toBe(false);
      const text = bytes.toString('latin1');
      for (const mark of [
        'PRIVATE KEY',
        'AgEAMA0GCSqGSIb3DQEB',
        'IBADANBgkqhkiG9w0BAQ',
        'CAQAwDQYJKoZIhvcNAQ',
      ]) {
        expect(text).not.toContain(mark);
      }
      expect(text).toContain('.');
    },
  );

  it(verifies('CFG-2 E-1', 'does not start with another master key'), async () => {
    const masterKey = new Uint8Array(32).fill(8);
    await expect(startService(state.file, { masterKey })).rejects.toMatchObject({
      code: 'master_key_wrong',
    });
  });

  it.each(['', 'admin', 'short-token'])(
    verifies('E-2', 'does not start with the admin token %j'),
    async (token) => {
      await expect(startService(state.file, { adminToken: token })).rejects.toBeInstanceOf(
        TypeError,
      );
    },
  );

  it(
    verifies('CFG-5', 'shows usage in the time zone of the reader, and null where there was none'),
    async () => {
      const created = await service.create();
      const usage = async (query = '') =>
        json(await service.admin('GET', `${path}/${created.kid}/usage${query}`));
      expect(await usage()).toEqual({ lastUsed: null, today: null, total: null });
      const token = await service.mint(created);
      // Midnight in Kathmandu is 18:15 UTC; the tests stand at 20:30 UTC.
      for (const at of ['2026-11-21T18:10:00Z', '2026-11-21T18:20:00Z', '2026-11-21T20:00:00Z']) {
        const other = await startService(state.file);
        await other.stop();
        service.time.now = Date.parse(at);
        const past = await startService(state.file, { clock: () => Date.parse(at) });
        await opened(await past.exchange(token));
        await past.stop();
      }
      service.time.now = startTime;
      const lastUsed = '2026-11-21T20:00:00.000Z';
      expect(await usage()).toEqual({ lastUsed, today: 3, total: 3 });
      expect(await usage('?timeZone=Asia/Kathmandu')).toEqual({ lastUsed, today: 2, total: 3 });
      expect(await usage('?timeZone=Asia/Tokyo')).toEqual({ lastUsed, today: 3, total: 3 });
      expect(await usage('?timeZone=Mars/Olympus')).toMatchObject({ code: 'parameter_invalid' });
    },
  );
});

describe('the admin gate', () => {
  const kid = 'f'.repeat(24);
  const routes: [string, string][] = [
    ['POST', '/configurations'],
    ['GET', '/configurations'],
    ['GET', `/configurations/${kid}`],
    ['PATCH', `/configurations/${kid}`],
    ['DELETE', `/configurations/${kid}`],
    ['GET', `/configurations/${kid}/usage`],
    ['POST', `/configurations/${kid}/rotate`],
    ['POST', `/configurations/${kid}/retire`],
    ['POST', '/revocations'],
    ['GET', '/revocations'],
    ['DELETE', '/revocations/x'],
    ['POST', '/generate'],
    ['POST', '/test'],
    ['GET', '/anything'],
  ];
  const paths = [
    ...['/api/v1/wat', '/api/v1/web-access-tokens'].flatMap((prefix) =>
      routes.map(([method, route]) => [method, prefix + route] as const),
    ),
    ['GET', '/api/v1/sessions'] as const,
    ['DELETE', '/api/v1/sessions/x'] as const,
  ];
  const hasBody = (method: string, route: string) =>
    (method === 'POST' || method === 'PATCH') && !/\/(rotate|retire)$/.test(route);

  it.each(paths)(
    verifies('E-8 F-7', 'refuses %s %s without the admin token'),
    async (method, route) => {
      const created = await service.create();
      const held = await opened(await service.exchange(await service.mint(created)));
      const credentials: Record<string, string>[] = [
        {},
        { Authorization: adminToken },
        { Authorization: 'Bearer ' },
        { Authorization: `Bearer ${adminToken}x` },
        { Authorization: `Bearer ${adminToken.slice(0, -1)}` },
        { Authorization: `Basic ${adminToken}` },
        { Authorization: held.webSessionToken, Initialiser: held.initialiser },
        { Authorization: `Bearer ${held.webSessionToken}`, Initialiser: held.initialiser },
        { Cookie: `token=${adminToken}` },
      ];
      for (const headers of credentials) {
        const response = await service.send(
          method,
          route,
          headers,
          hasBody(method, route) ? {} : undefined,
        );
        expect([response.status, await codeOf(response)]).toEqual([401, 'admin_required']);
        expect(response.headers.get('cache-control')).toBe('no-store');
        expect(response.headers.get('www-authenticate')).toContain('Bearer');
      }
    },
  );

  it.each(['cross-site', 'same-site'])(
    verifies('E-8 F-8', 'refuses a %s request, with the token too'),
    async (site) => {
      for (const [method, route] of paths) {
        const headers = { Authorization: `Bearer ${adminToken}`, 'Sec-Fetch-Site': site };
        const response = await service.send(
          method,
          route,
          headers,
          hasBody(method, route) ? {} : undefined,
        );
        expect([response.status, await codeOf(response)]).toEqual([403, 'cross_site_refused']);
      }
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
  ])(verifies('F-8', 'takes no body as %j'), async (type) => {
    for (const [method, route] of [...paths, ['POST', '/api/v1/wat/sessionToken'] as const]) {
      if (!hasBody(method, route)) continue;
      const headers = { Authorization: `Bearer ${adminToken}`, 'Content-Type': type };
      const response = await service.send(
        method,
        route,
        headers,
        '{"name":"x","profile":"strict"}',
      );
      expect([response.status, await codeOf(response)]).toEqual([415, 'media_type_unsupported']);
    }
  });
});
