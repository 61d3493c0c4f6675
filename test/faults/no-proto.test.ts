import { rmSync } from 'node:fs';
import { mintToken } from '@vitrine/tokens';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { startService } from '../harness/start-service.ts';
import { verifies } from '../verifies.ts';
import { tinyContent } from './tiny-content.ts';

const contentDir = tinyContent();
afterAll(() => rmSync(contentDir, { recursive: true }));

const names = ['__proto__', 'constructor', 'prototype', '\\u005f_proto__', 'toString'];
const values = [
  '{"polluted":1}',
  '{"prototype":{"polluted":1}}',
  '[]',
  'null',
  '"x"',
  '{"__proto__":{"polluted":1}}',
];

it(verifies(
  'B-4',
  'starts and serves where nothing may touch __proto__, through 300 bodies that try',
), { timeout: 60_000 }, async () => {
  const env = { NODE_OPTIONS: '--disable-proto=throw' };
  const service = await startService({ contentDir, env });
  onTestFinished(service.stop);
  const key = await service.createConfiguration();
  const token = await mintToken({ sub: 'ada' }, key);
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(service.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const exchange = '/api/v1/wat/sessionToken';
  const opened = await post(exchange, JSON.stringify({ webAccessToken: token }));
  expect(opened.status).toBe(200);
  const { webSessionToken: authorization, initialiser } = await opened.json();
  const session = { authorization, initialiser };
  const admin = { authorization: `Bearer ${service.adminToken}` };
  const places: [path: string, headers: Record<string, string>][] = [
    [exchange, {}],
    ['/api/v1/wat/configurations', admin],
    ['/api/v1/wat/revocations', admin],
    ['/api/v1/wat/test', admin],
    ['/api/datasources/None/jaql', session],
  ];
  let tried = 0;
  for (const [path, headers] of places) {
    for (const name of names) {
      for (const value of values) {
        for (const body of [
          `{"${name}":${value}}`,
          `{"metadata":[{"jaql":{"${name}":${value}}}]}`,
        ]) {
          tried += 1;
          const { status } = await post(path, body, headers);
          expect(status, `${path} ${body}`).toBeGreaterThanOrEqual(400);
          expect(status, `${path} ${body}`).toBeLessThan(500);
        }
      }
    }
  }
  expect(tried).toBe(300);
  const after = await fetch(`${service.url}/api/v1/session`, { headers: session });
  expect(after.status).toBe(200);
  expect(await after.text()).not.toContain('polluted');
  expect(service.output()).not.toContain('ERR_PROTO_ACCESS');
});
