import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import {
  type Created,
  codeOf,
  type Held,
  newState,
  opened,
  type Started,
  startService,
  startTime,
} from '../test/start-service.ts';

const route = '/api/v1/wat/revocations';
const now = startTime / 1000;
let state: Awaited<ReturnType<typeof newState>>;
let service: Started;
let other: Started;
let created: Created;

beforeAll(async () => {
  state = await newState();
  service = await startService(state.file);
  other = await startService(state.file);
});
afterAll(async () => {
  await service.stop();
  await other.stop();
  await state.remove();
});
beforeEach(async () => {
  const { revocations } = (await list()) as { revocations: { id: string }[] };
  for (const { id } of revocations) await service.admin('DELETE', `${route}/${id}`);
  created = await service.create();
});

const list = async () => (await service.admin('GET', route)).json();
async function revoke(body: object) {
  const response = await service.admin('POST', route, body);
  expect(response.status).toBe(201);
  return (await response.json()) as { id: string; endedSessions: number };
}
async function exchange(claims: object, by = service) {
  const response = await by.exchange(await service.mint(created, claims));
  return response.status === 200 ? 'opened' : codeOf(response);
}
const statusIn = async (process: Started, held: Held) => {
  const response = await process.whoami(held);
  return response.status === 200 ? 'live' : codeOf(response);
};

describe('revocations', () => {
  it(verifies('TOK-18 E-3', 'refuse one token by its jti, at once in every process'), async () => {
    expect(await exchange({ jti: 'a' })).toBe('opened');
    await revoke({ jti: 'a' });
    for (const by of [service, other]) {
      expect(await exchange({ jti: 'a' }, by)).toBe('token_revoked');
      expect(await exchange({ jti: 'a', iat: now + 30 }, by)).toBe('token_revoked');
      expect(await exchange({ jti: 'b' }, by)).toBe('opened');
    }
  });

  it.each(['sub', 'kid'] as const)(
    verifies('TOK-18 E-3', 'of a %s refuse tokens that do not say that they are newer'),
    async (claim) => {
      await revoke(claim === 'sub' ? { sub: 'ada' } : { kid: created.kid });
      expect(await exchange({})).toBe('token_revoked');
      for (const iat of [now - 1, now, 'soon', null, -5, now + 61, `${now + 1}`]) {
        expect(await exchange({ iat })).toBe('token_revoked');
      }
      expect(await exchange({ iat: now + 1 })).toBe('opened');
      expect(await exchange({ sub: 'bob' })).toBe(claim === 'sub' ? 'opened' : 'token_revoked');
      const elsewhere = await service.create();
      const response = await service.exchange(await service.mint(elsewhere));
      expect(response.status).toBe(claim === 'sub' ? 401 : 200);
    },
  );

  it(verifies('TOK-18 E-3', 'end running sessions where asked to, in every process'), async () => {
    const open = async (claims: object) =>
      opened(await service.exchange(await service.mint(created, claims)));
    const [first, second] = [await open({ jti: 'c' }), await open({ jti: 'b', sub: 'bob' })];
    await revoke({ jti: 'c' });
    expect(await statusIn(other, first)).toBe('live');
    expect(await revoke({ jti: 'c', endSessions: true })).toMatchObject({ endedSessions: 1 });
    expect(await statusIn(service, first)).toBe('session_ended');
    expect(await statusIn(other, first)).toBe('session_ended');
    expect(await statusIn(other, second)).toBe('live');
    await revoke({ kid: created.kid, endSessions: true });
    expect(await statusIn(other, second)).toBe('session_ended');
  });

  it(verifies('TOK-18', 'are listed, renewed and taken back'), async () => {
    const { id } = await revoke({ sub: 'ada', kid: created.kid });
    service.time.now += 1000;
    expect(await revoke({ sub: 'ada', kid: created.kid })).toMatchObject({ id });
    const revokedAt = new Date(service.time.now).toISOString();
    service.time.now -= 1000;
    const shown = { id, sub: 'ada', kid: created.kid, revokedAt };
    expect(await list()).toEqual({ revocations: [shown], more: false });
    expect(await exchange({})).toBe('token_revoked');
    expect((await service.admin('DELETE', `${route}/${id}`)).status).toBe(204);
    expect(await exchange({})).toBe('opened');
    expect((await service.admin('DELETE', `${route}/${id}`)).status).toBe(404);
  });

  it.each([
    [{}],
    [{ endSessions: true }],
    [{ jti: 'a', sub: 'ada' }],
    [{ jti: '' }],
    [{ jti: 5 }],
    [{ sub: 'x'.repeat(257) }],
    [{ kid: 'f'.repeat(24) }],
    [{ jti: 'a', kid: 'f'.repeat(24) }],
    [{ jti: 'a', endSessions: 'yes' }],
    [{ jti: 'a', iat: 5 }],
  ])(verifies('TOK-18', 'name exactly one thing: %j is refused'), async (body) => {
    const response = await service.admin('POST', route, body);
    expect([response.status, await codeOf(response)]).toEqual([400, 'body_invalid']);
  });
});

describe('uses', () => {
  it(verifies('TOK-18 E-4 A-9', 'let exactly one of 200 parallel exchanges through'), async () => {
    const token = await service.mint(created, { jti: 'once', uses: 1 });
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, index) => (index % 2 ? other : service).exchange(token)),
    );
    const good = answers.filter(({ status }) => status === 200);
    expect(good).toHaveLength(1);
    const codes = await Promise.all(answers.filter(({ status }) => status !== 200).map(codeOf));
    expect(new Set(codes)).toEqual(new Set(['token_used']));
    const path = `/api/v1/wat/configurations/${created.kid}/usage`;
    expect(await (await service.admin('GET', path)).json()).toMatchObject({ total: 1 });
  });

  it(verifies('TOK-18', 'without a jti open nothing'), async () => {
    const { mintToken } = await import('@vitrine/tokens');
    await expect(
      mintToken({ sub: 'ada', uses: 1 }, { kid: created.kid, publicKey: created.secret, now }),
    ).rejects.toMatchObject({ code: 'claims_refused' });
  });
});

describe('session limits', () => {
  const setLimits = (changes: object) =>
    service.admin('PATCH', `/api/v1/wat/configurations/${created.kid}`, changes);

  it(verifies('SES-3 E-7', 'answer 429 with Retry-After, and count each sub alone'), async () => {
    await setLimits({ maxSessionsPerSubject: 2 });
    expect(await exchange({})).toBe('opened');
    const held = await opened(await service.exchange(await service.mint(created)));
    const response = await service.exchange(await service.mint(created));
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '60']);
    expect(await codeOf(response)).toBe('too_many_sessions');
    expect(await exchange({ sub: 'bob' })).toBe('opened');
    const { webSessionToken: Authorization, initialiser: Initialiser } = held;
    const headers = { Authorization, Initialiser };
    expect((await service.send('DELETE', '/api/v1/wat/sessionToken', headers)).status).toBe(204);
    expect(await exchange({})).toBe('opened');
    expect(await exchange({})).toBe('too_many_sessions');
  });

  it(verifies('E-7', 'answer 429 with Retry-After where too many open in a minute'), async () => {
    await setLimits({ maxOpensPerMinute: 2 });
    expect([await exchange({}), await exchange({ sub: 'bob' })]).toEqual(['opened', 'opened']);
    const response = await service.exchange(await service.mint(created));
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '60']);
    expect(await codeOf(response)).toBe('rate_limited');
    expect(service.logText()).toContain('too_many_opens');
    await opened(await service.exchange(await service.mint(await service.create())));
    service.time.now += 60_000;
    expect(await exchange({})).toBe('opened');
    service.time.now -= 60_000;
  });

  it(verifies('SES-3', 'are none by default, since a shared link has one sub'), async () => {
    const token = await service.mint(created);
    const answers = await Promise.all(Array.from({ length: 50 }, () => service.exchange(token)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it(verifies('C-4 SES-3 TOK-6', 'end a session with its token only where asked to'), async () => {
    const token = await service.mint(created, { exp: now + 60 });
    const held = await opened(await service.exchange(token));
    service.time.now += 60_000;
    expect(await statusIn(service, held)).toBe('live');
    await setLimits({ endSessionsAtExp: true });
    expect(await statusIn(service, held)).toBe('session_expired');
    service.time.now -= 60_000;
  });

  it(verifies('E-7 A-9', 'bound what one token opens in all, with jti or without'), async () => {
    await setLimits({ maxSessionsPerToken: 3 });
    const unhurt = await service.mint(created);
    const open = async (token: string) => (await codeOf(await service.exchange(token))) ?? 'opened';
    for (const claims of [{}, { jti: 'named' }, { jti: 'generous', uses: 10 }]) {
      const token = await service.mint(created, { ...claims, trc: [JSON.stringify(claims)] });
      const answers = await Promise.all(Array.from({ length: 20 }, () => open(token)));
      expect(answers.filter((each) => each === 'opened')).toHaveLength(3);
      expect(answers.filter((each) => each === 'token_used')).toHaveLength(17);
    }
    const strictest = await service.mint(created, { jti: 'strictest', uses: 1 });
    expect([await open(strictest), await open(strictest)]).toEqual(['opened', 'token_used']);
    expect(await open(unhurt)).toBe('opened');
    await setLimits({ maxSessionsPerToken: null });
    for (let nth = 0; nth < 4; nth += 1) expect(await open(unhurt)).toBe('opened');
  });

  it(
    verifies('E-7 SES-3', 'let 100 of 101 in where 100 are allowed, and hurt nobody else'),
    async () => {
      await setLimits({ maxSessions: 100 });
      const neighbour = await service.create();
      const token = await service.mint(created);
      const answers = await Promise.all(
        Array.from({ length: 101 }, (_, nth) => (nth % 2 ? other : service).exchange(token)),
      );
      const refused = answers.filter(({ status }) => status !== 200);
      expect(refused.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
        [429, '60'],
      ]);
      const theirs = await service.exchange(await service.mint(neighbour));
      expect(theirs.status).toBe(200);
    },
  );
});
