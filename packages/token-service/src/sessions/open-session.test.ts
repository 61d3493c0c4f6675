import { mintToken } from '@vitrine/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import {
  type Created,
  codeOf,
  directoryOf,
  opened,
  type Started,
  startOnNewState,
  startTime,
} from '../test/start-service.ts';

const seconds = startTime / 1000;
const directory = directoryOf();
let service: Started;
let configuration: Created;

beforeAll(async () => {
  service = await startOnNewState({
    directory: {
      ...directory,
      admit: ({ thm }) => (thm === 'f'.repeat(24) ? 'refused' : 'ok'),
    },
  });
  configuration = await service.create();
});
afterAll(() => service.stop());

async function usageTotal({ kid }: Created): Promise<number | null> {
  const answer = await service.admin('GET', `/api/v1/wat/configurations/${kid}/usage`);
  return ((await answer.json()) as { total: number | null }).total;
}

const flipped = (token: string, segment: number) => {
  const parts = token.split('.');
  const part = parts[segment]!;
  const at = Math.floor(part.length / 2);
  parts[segment] = part.slice(0, at) + (part[at] === 'A' ? 'B' : 'A') + part.slice(at + 1);
  return parts.join('.');
};

describe('POST sessionToken', () => {
  it(verifies('SES-1', 'opens a session for a good token'), async () => {
    const claims = { grants: { res: [`dashboards/${'a'.repeat(24)}`], prm: [] }, lng: 'de-DE' };
    const token = await service.mint(configuration, claims);
    const wishes = { timeZone: 'Asia/Tokyo', theme: 'c'.repeat(24), language: 'ja-JP' };
    const held = await opened(await service.exchange(token, wishes));
    expect(held.webSessionToken).toMatch(/^[0-9a-z]{9}[\w-]{22}$/);
    const { id, ...session } = (await (await service.whoami(held)).json()) as { id: string };
    expect(id).toMatch(/^[\w-]{52}$/);
    expect(id).not.toContain(held.webSessionToken);
    expect(session).toEqual({
      ...{ kid: configuration.kid, sub: 'ada', claims: { sub: 'ada', ...claims } },
      ...{ profile: 'compatible', allowErasedAcl: false, openedAt: startTime },
      ...{ timeZone: 'Asia/Tokyo', embedTheme: 'c'.repeat(24), language: 'ja-JP' },
    });
  });

  it(verifies('E-10', 'falls back where the surroundings do not exist'), async () => {
    const token = await service.mint(configuration);
    const wishes = { timeZone: '+05:45', theme: '<b>', language: 'xx-XX' };
    const held = await opened(await service.exchange(token, wishes));
    const session = await (await service.whoami(held)).json();
    expect(session).toMatchObject({ timeZone: 'UTC' });
    expect(session).not.toHaveProperty('embedTheme');
    expect(session).not.toHaveProperty('language');
  });

  it(
    verifies(
      'A-8 OPS-4',
      'answers unknown kid, wrong key, tampering and a disabled configuration with the same bytes',
    ),
    async () => {
      const other = await service.create();
      const disabled = await service.create();
      const token = await service.mint(configuration);
      const wrongKey = await mintToken(
        { sub: 'ada' },
        { kid: configuration.kid, publicKey: other.secret, now: seconds },
      );
      const ofDisabled = await service.mint(disabled);
      await service.admin('PATCH', `/api/v1/wat/configurations/${disabled.kid}`, {
        enabled: false,
      });
      const refused = [
        await service.mint({ ...configuration, kid: 'f'.repeat(24) }),
        wrongKey,
        flipped(token, 1),
        flipped(token, 2),
        flipped(token, 3),
        flipped(token, 4),
        ofDisabled,
        await service.mint(configuration, { thm: 'f'.repeat(24) }),
      ];
      const answers = new Set<string>();
      for (const each of refused) {
        const response = await service.exchange(each);
        const headers = [...response.headers].filter(
          ([name]) => name !== 'date' && name !== 'etag',
        );
        answers.add(JSON.stringify([response.status, headers, await response.text()]));
      }
      expect(answers.size).toBe(1);
      expect([...answers][0]).toContain('token_refused');
      expect([...answers][0]).not.toContain('findings');
    },
  );

  it(verifies('A-8', 'tells the log what it does not tell the client'), async () => {
    await service.exchange(await service.mint({ ...configuration, kid: '0'.repeat(24) }));
    await service.exchange(flipped(await service.mint(configuration), 4));
    const lines = service
      .logText()
      .split('\n')
      .filter((line) => line.includes('token_refused'));
    expect(lines.some((line) => line.includes('kid_unknown'))).toBe(true);
    expect(lines.some((line) => line.includes('not_decryptable'))).toBe(true);
  });

  it(verifies('TOK-6', 'refuses a token from its exp on and before its nbf'), async () => {
    const token = await service.mint(configuration, { nbf: seconds - 5, exp: seconds + 20 });
    const early = await service.mint(configuration, { nbf: seconds + 1 });
    expect(await codeOf(await service.exchange(early))).toBe('token_not_yet_valid');
    service.time.now = startTime + 19_999;
    expect((await service.exchange(token)).status).toBe(200);
    service.time.now = startTime + 20_000;
    expect(await codeOf(await service.exchange(token))).toBe('token_expired');
    service.time.now = startTime;
  });

  it('refuses a subject that the directory does not have', async () => {
    const token = await service.mint(configuration, { sub: 'nobody' });
    expect(await codeOf(await service.exchange(token))).toBe('subject_unknown');
  });

  it.each([
    ['an empty text', ''],
    ['no token', 'hello'],
    ['dots', '.'.repeat(10_000)],
    ['four segments', 'a.b.c.d'],
    ['six segments', 'a.b.c.d.e.f'],
    ['a JWS', 'eyJhbGciOiJub25lIn0.e30.'],
  ])('refuses %s as malformed', async (_what, token) => {
    const response = await service.exchange(token);
    expect([response.status, await codeOf(response)]).toEqual([400, 'token_malformed']);
  });

  it(
    verifies('CFG-4', 'refuses a token that lives longer than its configuration allows'),
    async () => {
      const limited = await service.create({ maxTokenLifetimeSeconds: 60 });
      const short = await service.mint(limited, { exp: seconds + 60 });
      const long = await service.mint(limited, { exp: seconds + 61 });
      expect((await service.exchange(short)).status).toBe(200);
      expect(await codeOf(await service.exchange(long))).toBe('token_refused');
      expect(await codeOf(await service.exchange(await service.mint(limited)))).toBe(
        'token_refused',
      );
    },
  );

  it(
    verifies('CFG-4', 'limits tokens of a strict configuration to a day where it names no limit'),
    async () => {
      const strict = await service.create({ profile: 'strict' });
      const day = await service.mint(strict, { exp: seconds + 86_400 });
      const more = await service.mint(strict, { exp: seconds + 86_401 });
      expect((await service.exchange(day)).status).toBe(200);
      expect(await codeOf(await service.exchange(more))).toBe('token_refused');
    },
  );

  it('writes down that a compatible token erased data security', async () => {
    const erasing = await service.create();
    await opened(await service.exchange(await service.mint(erasing, { grants: { acl: [] } })));
    const line = service
      .logText()
      .split('\n')
      .find((text) => text.includes('acl_erased'));
    expect(JSON.parse(line ?? '')).toMatchObject({ kid: erasing.kid, findings: ['acl_erased'] });
  });

  it(
    verifies('SES-1 E-6', 'counts each accepted exchange, and nothing that was refused'),
    async () => {
      const fresh = await service.create();
      expect(await usageTotal(fresh)).toBeNull();
      const token = await service.mint(fresh);
      for (let tab = 0; tab < 5; tab += 1) await opened(await service.exchange(token));
      await service.exchange(flipped(token, 4));
      await service.exchange(await service.mint(fresh, { sub: 'nobody' }));
      await service.exchange(await service.mint(fresh, { nbf: seconds + 60 }));
      await service.admin('POST', '/api/v1/wat/test', { token });
      expect(await usageTotal(fresh)).toBe(5);
    },
  );

  it.each([
    { 'Sec-Purpose': 'prefetch' },
    { 'Sec-Purpose': 'prefetch;prerender' },
    { Purpose: 'prefetch' },
  ])(verifies('E-6', 'opens none for a page that nobody looks at yet: %j'), async (headers) => {
    const fresh = await service.create();
    const answer = await service.exchange(
      await service.mint(fresh),
      {},
      headers as Record<string, string>,
    );
    expect([answer.status, await codeOf(answer)]).toEqual([403, 'page_not_shown']);
    expect(await usageTotal(fresh)).toBeNull();
  });

  it(
    verifies('SES-1 E-5 E-6', 'counts 1,000 parallel exchanges as 1,000 sessions, no two alike'),
    async () => {
      const fresh = await service.create();
      const token = await service.mint(fresh);
      const held = await Promise.all(
        Array.from({ length: 1000 }, async () => opened(await service.exchange(token))),
      );
      expect(new Set(held.map(({ webSessionToken }) => webSessionToken)).size).toBe(1000);
      expect(new Set(held.map(({ initialiser }) => initialiser)).size).toBe(1000);
      expect(await usageTotal(fresh)).toBe(1000);
    },
  );

  it('answers under both prefixes', async () => {
    const webAccessToken = await service.mint(configuration);
    const path = '/api/v1/web-access-tokens/sessionToken';
    expect((await service.send('POST', path, {}, { webAccessToken })).status).toBe(200);
  });

  it.each([
    ['a name that is not documented', { kid: 'x' }],
    ['a profile', { profile: 'compatible' }],
    ['a session id', { webSessionToken: 'A'.repeat(22) }],
    ['a time zone that is no text', { timeZone: 5 }],
  ])(verifies('E-10', 'refuses a body with %s'), async (_what, more) => {
    const response = await service.exchange(await service.mint(configuration), more);
    const { code, errors } = (await response.json()) as { code?: unknown; errors?: unknown };
    expect([response.status, code, errors]).toEqual([400, 'body_invalid', undefined]);
  });

  it.each(['__proto__', 'constructor', 'toString', 'prototype'])(
    verifies('E-10', 'refuses a body with the name %s and keeps Object.prototype clean'),
    async (name) => {
      const token = await service.mint(configuration);
      const body = `{"webAccessToken": ${JSON.stringify(token)}, "${name}": {"polluted": true}}`;
      const response = await service.send('POST', '/api/v1/wat/sessionToken', {}, body);
      expect(await codeOf(response)).toBe('body_invalid');
      expect(Object.prototype).not.toHaveProperty('polluted');
    },
  );
});
