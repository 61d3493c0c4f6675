import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mintToken } from '@vitrine/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { adminRoutes, dataCalls, publicRoutes, sessionCalls } from '../../test/data-routes.ts';
import { type Issuer, startService, type TestService } from '../../test/start-service.ts';

const packages = fileURLToPath(new URL('../../../', import.meta.url));
const sliceLength = 32;

let service: TestService;
/** Everything that the service has said, but for the answers that show a secret this once. */
let said: string[];
beforeAll(async () => {
  said = [];
  service = await startService();
});
afterAll(() => service.stop());

async function hear(request: Promise<Response>): Promise<string> {
  const response = await request;
  const text = await response.text();
  said.push(text, JSON.stringify([...response.headers]));
  return text;
}

/** A public key in the forms it could leak in: its modulus, and the lines of its PEM. */
function formsOf({ secret }: Issuer): string[] {
  const lines = secret.split('\n').slice(1, -2);
  const modulus = Buffer.from(lines.join(''), 'base64').subarray(33, 33 + 256);
  const slices = [30, 31, 32].map((start) => modulus.subarray(start, start + 60));
  return [
    ...lines.slice(1, -1),
    modulus.toString('hex').slice(40, 104),
    modulus.toString('hex').slice(40, 104).toUpperCase(),
    ...slices.map((slice) => slice.toString('base64').slice(4, 64)),
    ...slices.map((slice) => slice.toString('base64url').slice(4, 64)),
  ];
}

/** Slices that stand in a text, of those that are known. */
function leakedIn(text: string, slices: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const [run] of text.matchAll(/[\w.-]{32,}/g)) {
    for (let at = 0; at + sliceLength <= run.length; at += 1) {
      const slice = run.slice(at, at + sliceLength);
      if (slices.has(slice)) found.push(slice);
    }
  }
  return found;
}

const files = (pattern: string, cwd: string) =>
  globSync(pattern, { cwd }).map((name) => readFileSync(join(cwd, name), 'latin1'));

describe('what the service says, logs and serves', () => {
  it(verifies('A-1 CFG-2 TOK-2', 'has no public key after the answer that made it'), async () => {
    const issuer = await service.issuer({ profile: 'compatible' });
    const path = `/api/v1/wat/configurations/${issuer.kid}`;
    const rotated = await fetch(`${service.url}${path}/rotate`, {
      method: 'POST',
      headers: service.admin,
    });
    const next = (await rotated.json()) as Issuer;
    const headers = await service.open({ sub: 'acme-reader' }, issuer);
    for (const { path: called, body } of [
      ...dataCalls,
      ...sessionCalls.map((call) => ({ ...call, body: undefined })),
    ]) {
      await hear(service.call(called, headers, body));
    }
    for (const route of [...adminRoutes, ...publicRoutes]) {
      const [method = '', shape = ''] = route.split(' ');
      if (method !== 'get') continue;
      const whole = /^\/(?:api|wat|embed|metrics|healthz|readyz)/.test(shape)
        ? shape
        : `/api/v1/wat${shape}`;
      await hear(service.call(whole.replaceAll(/:\w+/g, issuer.kid), service.admin));
    }
    const token = await service.mint(issuer, { sub: 'acme-reader' });
    await hear(service.call('/api/v1/wat/test', service.admin, { token }));
    const wrong = { header: { kid: issuer.kid }, payload: { sub: 5 }, secret: issuer.secret };
    await hear(service.call('/api/v1/wat/generate', service.admin, wrong));
    await hear(
      service.call('/api/v1/wat/generate', service.admin, {
        ...wrong,
        secret: next.secret.slice(0, -90),
      }),
    );
    const log = JSON.stringify(service.logLines);
    const built = [...files('viewer/dist/**/*.*', packages), ...files('embed/dist/*.js', packages)];
    expect(built.length).toBeGreaterThan(5);
    for (const form of [...formsOf(issuer), ...formsOf(next)]) {
      expect(log).not.toContain(form);
      for (const text of [...said, ...built]) expect(text).not.toContain(form);
    }
  });

  it(verifies('F-1 LNK-4', 'has no 32 characters of any of 1,000 tokens'), async () => {
    const issuer = await service.issuer({ profile: 'compatible' });
    const key = { kid: issuer.kid, publicKey: issuer.secret };
    const slices = new Set<string>();
    for (let nth = 0; nth < 1000; nth += 1) {
      const token = await mintToken({ sub: 'acme-reader', jti: `${nth}` }, key);
      // Its header is no secret: it names the configuration alone.
      for (let at = token.indexOf('.') + 1; at + sliceLength <= token.length; at += 1) {
        slices.add(token.slice(at, at + sliceLength));
      }
      const link = `/wat/${token}`;
      await hear(service.call(`${link}/app/main`));
      if (nth % 5 === 0) {
        await hear(service.call(`${link}/nowhere?next=${token}`));
        await hear(service.call(`/nowhere/${token}`));
        await hear(service.call('/api/v1/session', { Authorization: `Bearer ${token}` }));
        await hear(service.call('/api/v1/session', { Authorization: token, Initialiser: token }));
        await hear(service.exchange(`${token}x`));
        await hear(service.exchange(token, { [token]: token }));
        await hear(service.exchange(token));
        await hear(service.call('/api/v1/wat/test', service.admin, { token }));
        await hear(service.call('/api/v1/wat/test', service.admin, { token: `${token}.x` }));
        await hear(service.call(`/api/v1/sessions?sub=${token}`, service.admin));
        await hear(service.call(`/api/v1/wat/configurations/${token}`, service.admin));
      }
    }
    await hear(service.call('/metrics', service.admin));
    await hear(service.call('/api/v1/wat/revocations', service.admin));
    expect(leakedIn(said.join('\n'), slices)).toEqual([]);
    expect(leakedIn(JSON.stringify(service.logLines), slices)).toEqual([]);
  });
});
