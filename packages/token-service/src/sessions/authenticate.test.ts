import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import {
  type Created,
  codeOf,
  directoryOf,
  headersOf,
  newState,
  opened,
  type Started,
  startService,
  startTime,
} from '../test/start-service.ts';

const minute = 60_000;
const hour = 60 * minute;
const directory = directoryOf();
let state: Awaited<ReturnType<typeof newState>>;
let service: Started;
let configuration: Created;

beforeAll(async () => {
  state = await newState();
  service = await startService(state.file, { directory });
  configuration = await service.create();
});
afterEach(() => {
  service.time.now = startTime;
});
afterAll(async () => {
  await service.stop();
  await state.remove();
});

const open = async (from = configuration, claims = {}) =>
  opened(await service.exchange(await service.mint(from, claims)));
const whoami = (headers: Record<string, string>) => service.send('GET', '/whoami', headers);

/** Each expectation frees the steady clock of the test before: its time never goes back. */
async function restarted() {
  await service.stop();
  service = await startService(state.file, { directory });
}

describe('authenticate', () => {
  it('takes the two headers of the exchange, and nothing less', async () => {
    const held = await open();
    const other = await open();
    const { Authorization, Initialiser } = headersOf(held);
    expect((await whoami({ Authorization, Initialiser })).status).toBe(200);
    const wrong: Record<string, string>[] = [
      {},
      { Authorization },
      { Initialiser },
      { Authorization, Initialiser: '' },
      { Authorization, Initialiser: other.initialiser },
      { Authorization: other.webSessionToken, Initialiser },
      { Authorization: `Bearer ${Authorization}`, Initialiser },
      { Authorization: `${Authorization.slice(0, 9)}${'A'.repeat(22)}`, Initialiser },
      { Authorization: "' OR 1=1 --", Initialiser },
    ];
    for (const headers of wrong) {
      const response = await whoami(headers);
      expect([response.status, await codeOf(response)]).toEqual([401, 'session_unknown']);
      expect(response.headers.get('www-authenticate')).toContain('Session');
    }
  });

  it(verifies('E-5', 'does not take the id that administrators see for the session'), async () => {
    const held = await open();
    const { id } = (await (await service.whoami(held)).json()) as { id: string };
    const response = await whoami({ Authorization: id, Initialiser: held.initialiser });
    expect(await codeOf(response)).toBe('session_unknown');
  });

  it(verifies('E-4', 'makes the initialiser differ for each session of one token'), async () => {
    const token = await service.mint(configuration);
    const [one, two] = [
      await opened(await service.exchange(token)),
      await opened(await service.exchange(token)),
    ];
    expect(one.initialiser).not.toBe(two.initialiser);
  });

  it.each(['Bearer ', 'bearer ', ''])(
    'tells the remedy to who sends a token as "Authorization: %s<token>"',
    async (scheme) => {
      const token = await service.mint(configuration);
      const response = await whoami({ Authorization: `${scheme}${token}` });
      expect(response.status).toBe(401);
      const body = (await response.json()) as { code: string; detail: string };
      expect(body.code).toBe('wat_is_not_a_bearer_token');
      expect(body.detail).toContain('/api/v1/wat/sessionToken');
      expect(JSON.stringify(body)).not.toContain(token.slice(0, 32));
    },
  );

  it(verifies('SES-3', 'refuses the next request of a session that its client ended'), async () => {
    const held = await open();
    const path = '/api/v1/wat/sessionToken';
    expect((await service.send('DELETE', path, headersOf(held))).status).toBe(204);
    expect(await codeOf(await service.whoami(held))).toBe('session_ended');
    expect(await codeOf(await service.send('DELETE', path, headersOf(held)))).toBe('session_ended');
  });

  it(verifies('SES-3', 'ends a session after 30 minutes without a request'), async () => {
    const held = await open();
    service.time.now = startTime + 30 * minute - 1;
    expect((await service.whoami(held)).status).toBe(200);
    service.time.now += 30 * minute;
    expect(await codeOf(await service.whoami(held))).toBe('session_expired');
    await restarted();
  });

  it(
    verifies(
      'SES-3',
      'keeps a session that is used, and honours the idle time-out of a configuration',
    ),
    async () => {
      const impatient = await service.create({ idleTimeoutSeconds: 60 });
      const [patientOne, impatientOne] = [await open(), await open(impatient)];
      for (let use = 1; use <= 4; use += 1) {
        service.time.now = startTime + use * 29 * minute;
        expect((await service.whoami(patientOne)).status).toBe(200);
      }
      expect(await codeOf(await service.whoami(impatientOne))).toBe('session_expired');
      await restarted();
    },
  );

  it(
    verifies('C-4', 'keeps a session past the exp of its token, and ends it after 12 hours'),
    async () => {
      const held = await open(configuration, { exp: startTime / 1000 + 1 });
      for (let use = 1; use < 36; use += 1) {
        service.time.now = startTime + use * 20 * minute;
        expect((await service.whoami(held)).status).toBe(200);
      }
      service.time.now = startTime + 12 * hour;
      expect(await codeOf(await service.whoami(held))).toBe('session_expired');
      await restarted();
    },
  );

  it(verifies('C-3', 'is not fooled by a wall clock that is set back'), async () => {
    const elapsed = { now: 0 };
    const timed = await startService(state.file, { elapsed: () => elapsed.now });
    const token = await timed.mint(configuration);
    const held = await opened(await timed.exchange(token));
    timed.time.now = startTime - hour;
    elapsed.now = 30 * minute - 1;
    expect((await timed.whoami(held)).status).toBe(200);
    elapsed.now += 30 * minute;
    expect(await codeOf(await timed.whoami(held))).toBe('session_expired');
    await timed.stop();
  });

  it(verifies('C-3', 'does not believe a session from the far future'), async () => {
    service.time.now = startTime + 24 * hour;
    const held = await open();
    await service.stop();
    service = await startService(state.file, { directory });
    expect(await codeOf(await service.whoami(held))).toBe('session_expired');
  });

  it(verifies('E-9', 'refuses a session whose subject is gone'), async () => {
    const held = await open(configuration, { sub: 'bob' });
    directory.subjects.delete('bob');
    const response = await service.whoami(held);
    expect([response.status, await codeOf(response)]).toEqual([401, 'subject_unknown']);
    directory.subjects.add('bob');
  });

  it(
    verifies(
      'E-3',
      'ends the sessions of a configuration that is disabled or deleted, on another process too',
    ),
    async () => {
      const second = await startService(state.file, { directory });
      for (const way of ['PATCH', 'DELETE']) {
        const doomed = await service.create();
        const held = await open(doomed);
        expect((await second.whoami(held)).status).toBe(200);
        const body = way === 'PATCH' ? { enabled: false } : undefined;
        await service.admin(way, `/api/v1/wat/configurations/${doomed.kid}`, body);
        expect(await codeOf(await second.whoami(held))).toBe('session_ended');
        expect(await codeOf(await service.whoami(held))).toBe('session_ended');
        const token = await service.mint(doomed);
        expect(await codeOf(await second.exchange(token))).toBe('token_refused');
      }
      await second.stop();
    },
  );

  it('answers a session whose use could not be written down', async () => {
    const held = await open();
    const { touchSession } = service.store;
    service.store.touchSession = async () => {
      throw new Error('disk full');
    };
    service.time.now = startTime + minute;
    expect((await service.whoami(held)).status).toBe(200);
    expect(service.logText()).toContain('session_touch_failed');
    service.store.touchSession = touchSession;
  });

  it('keeps sessions and counters over a restart', async () => {
    const fresh = await service.create();
    const held = await open(fresh, { grants: { prm: ['filter'] } });
    await service.stop();
    service = await startService(state.file, { directory });
    const session = await (await service.whoami(held)).json();
    expect(session).toMatchObject({ claims: { sub: 'ada', grants: { prm: ['filter'] } } });
    const usage = await service.admin('GET', `/api/v1/wat/configurations/${fresh.kid}/usage`);
    expect(await usage.json()).toMatchObject({ total: 1 });
  });
});

describe('/api/v1/sessions', () => {
  it(verifies('SES-3', 'lists live sessions and ends one'), async () => {
    const fresh = await service.create();
    const [first, second] = [await open(fresh), await open(fresh, { sub: 'bob' })];
    const list = async (query: string) => {
      const answer = await service.admin('GET', `/api/v1/sessions?kid=${fresh.kid}${query}`);
      return (await answer.json()) as { sessions: { id: string; sub: string }[]; more: boolean };
    };
    expect((await list('')).sessions.map(({ sub }) => sub)).toEqual(['bob', 'ada']);
    expect(await list('&limit=1')).toMatchObject({ sessions: [{ sub: 'bob' }], more: true });
    const [bobs] = (await list('&sub=bob')).sessions;
    const text = JSON.stringify(await list(''));
    for (const { webSessionToken, initialiser } of [first, second]) {
      expect(text).not.toContain(webSessionToken);
      expect(text).not.toContain(initialiser);
    }
    const path = `/api/v1/sessions/${bobs?.id}`;
    expect((await service.admin('DELETE', path)).status).toBe(204);
    expect((await service.admin('DELETE', path)).status).toBe(404);
    expect(await codeOf(await service.whoami(second))).toBe('session_ended');
    expect((await service.whoami(first)).status).toBe(200);
    expect((await list('')).sessions).toHaveLength(1);
  });

  it.each(['limit=0', 'limit=1001', 'limit=x', 'sub=a&sub=b', 'kid[a]=b', 'other=1'])(
    'refuses the query %s',
    async (query) => {
      const response = await service.admin('GET', `/api/v1/sessions?${query}`);
      expect([response.status, await codeOf(response)]).toEqual([400, 'parameter_invalid']);
    },
  );
});
