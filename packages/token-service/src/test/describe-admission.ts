import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import type { NewSession, Revocation, Store } from '../store/store.ts';
import {
  exampleConfiguration,
  exampleSession,
  kid,
  now,
  type StoreState,
} from './store-examples.ts';

const minute = 60_000;
const otherKid = 'f'.repeat(24);
const live = { openedAfter: now - 720 * minute, idleTimeoutMs: 30 * minute };

const revocation = (claim: Revocation['claim'], value: string, changes = {}): Revocation => ({
  ...{ id: `${claim} ${value}`, claim, value, kid: null, revokedAt: now },
  ...changes,
});

/** How every store decides whether a session may open. */
export function describeAdmission(name: string, set: () => Promise<StoreState>): void {
  describe(`${name} admits`, () => {
    let state: StoreState;
    let store: Store;
    beforeEach(async () => {
      state = await set();
      store = await state.open();
      for (const each of [kid, otherKid]) {
        const key = { thumbprint: each, sealed: each, suite: 'suite', createdAt: now };
        await store.createConfiguration({ ...exampleConfiguration(key), kid: each });
      }
    });
    afterEach(async () => {
      await store.close();
      await state.remove();
    });

    let opens = 0;
    const open = (changes: Partial<NewSession> = {}, by = store) => {
      opens += 1;
      return by.openSession(exampleSession(`s${opens}`, changes), live);
    };
    const tally = async (outcomes: Promise<string>[]) => {
      const counts: Record<string, number> = {};
      for (const outcome of await Promise.all(outcomes)) {
        counts[outcome] = (counts[outcome] ?? 0) + 1;
      }
      return counts;
    };
    const inTwoProcesses = async (times: number, changes: Partial<NewSession>) => {
      const other = await state.open();
      const outcomes = Array.from({ length: times }, (_, index) =>
        open(changes, index % 2 === 0 ? store : other),
      );
      const counts = await tally(outcomes);
      await other.close();
      return counts;
    };

    it(
      verifies('TOK-18 E-4 A-9', 'exactly one of 200 parallel opens of a one-time token'),
      async () => {
        const counts = await inTwoProcesses(200, { jti: 'once', uses: 1 });
        expect(counts).toEqual({ opened: 1, token_used: 199 });
        expect((await store.readUsage(kid, 0)).total).toBe(1);
      },
    );

    it(
      verifies('TOK-18', 'as many sessions as the token says, for each configuration'),
      async () => {
        const counts = await inTwoProcesses(20, { jti: 'few', uses: 7 });
        expect(counts).toEqual({ opened: 7, token_used: 13 });
        expect(await open({ jti: 'few', uses: 7, kid: otherKid })).toBe('opened');
        expect(await open({ jti: 'other', uses: 1 })).toBe('opened');
        expect(await open({ jti: 'few' })).toBe('opened');
        expect(await open({ uses: 1 })).toBe('token_used');
      },
    );

    it(verifies('TOK-18', 'no more after an ended session or a restart'), async () => {
      await open({ jti: 'once', uses: 1 });
      await store.endSession(`s${opens}`, now);
      await store.close();
      store = await state.open();
      expect(await open({ jti: 'once', uses: 1 })).toBe('token_used');
    });

    it('remembers uses until the token has expired', async () => {
      await open({ jti: 'short', uses: 1, expiresAt: now });
      await open({ jti: 'eternal', uses: 1 });
      await store.purgeTokenUses(now);
      expect(await open({ jti: 'short', uses: 1 })).toBe('token_used');
      await store.purgeTokenUses(Number.MAX_SAFE_INTEGER);
      expect(await open({ jti: 'eternal', uses: 1 })).toBe('token_used');
    });

    it(verifies('TOK-18 E-3', 'no revoked token, whenever it was issued'), async () => {
      const { id } = revocation('jti', 'a');
      await store.revoke(revocation('jti', 'a'), { endSessions: false });
      expect(await open({ jti: 'a', issuedAt: now + 1 })).toBe('token_revoked');
      expect(await open({ jti: 'a', kid: otherKid })).toBe('token_revoked');
      expect(await open({ jti: 'b' })).toBe('opened');
      expect(await open({ sub: 'a' })).toBe('opened');
      expect(await open()).toBe('opened');
      expect(await store.deleteRevocation(id)).toBe(true);
      expect(await store.deleteRevocation(id)).toBe(false);
      expect(await open({ jti: 'a' })).toBe('opened');
    });

    it.each([
      ['sub', 'ada'],
      ['kid', kid],
    ] as const)(
      verifies('TOK-18 E-3', 'no token of a revoked %s but those issued later'),
      async (claim, value) => {
        await store.revoke(revocation(claim, value), { endSessions: false });
        expect(await open()).toBe('token_revoked');
        expect(await open({ issuedAt: now - 1 })).toBe('token_revoked');
        expect(await open({ issuedAt: now })).toBe('token_revoked');
        expect(await open({ issuedAt: now + 1 })).toBe('opened');
        expect(await open({ sub: 'bob', kid: otherKid })).toBe('opened');
        await store.revoke(revocation(claim, value, { revokedAt: now + 5 }), {
          endSessions: false,
        });
        expect(await open({ issuedAt: now + 1 })).toBe('token_revoked');
        await store.revoke(revocation(claim, value, { revokedAt: now }), { endSessions: false });
        expect(await open({ issuedAt: now + 1 })).toBe('token_revoked');
        expect(await store.listRevocations(10)).toEqual([
          revocation(claim, value, { revokedAt: now + 5 }),
        ]);
      },
    );

    it(verifies('TOK-18', 'by the narrower of two configurations'), async () => {
      for (const claim of ['sub', 'jti'] as const) {
        const narrow = revocation(claim, 'x', { kid });
        await store.revoke(narrow, { endSessions: false });
        expect(await open({ [claim]: 'x' })).toBe('token_revoked');
        expect(await open({ [claim]: 'x', kid: otherKid })).toBe('opened');
      }
    });

    it(
      verifies('TOK-18 E-3', 'no more in any process, and ends what runs where asked to'),
      async () => {
        const other = await state.open();
        const ended = async (id: string) => (await other.findSession(id))?.endedAt ?? null;
        const ids: Record<string, string> = {};
        for (const [title, changes] of Object.entries({
          ada: {},
          token: { jti: 'a', sub: 'eve' },
          bob: { sub: 'bob' },
          elsewhere: { kid: otherKid },
        })) {
          await open(changes);
          ids[title] = `s${opens}`;
        }
        const at = { revokedAt: now + 3 };
        expect(await store.revoke(revocation('jti', 'a', at), { endSessions: false })).toBe(0);
        expect(await ended(ids.token!)).toBeNull();
        expect(await store.revoke(revocation('jti', 'a', at), { endSessions: true })).toBe(1);
        expect(await ended(ids.token!)).toBe(now + 3);
        const narrow = revocation('sub', 'ada', { ...at, kid });
        expect(await store.revoke(narrow, { endSessions: true })).toBe(1);
        expect([await ended(ids.ada!), await ended(ids.elsewhere!)]).toEqual([now + 3, null]);
        expect(await store.revoke(revocation('kid', kid, at), { endSessions: true })).toBe(1);
        expect([await ended(ids.bob!), await ended(ids.elsewhere!)]).toEqual([now + 3, null]);
        expect(await open({}, other)).toBe('token_revoked');
        await other.close();
      },
    );

    it(
      verifies('SES-3', 'as many live sessions of one sub as the configuration says'),
      async () => {
        await store.changeConfiguration(kid, { maxSessionsPerSubject: 5 }, now);
        expect(await inTwoProcesses(40, {})).toEqual({ opened: 5, too_many_sessions: 35 });
        expect(await open({ sub: 'bob' })).toBe('opened');
        expect(await open({ kid: otherKid })).toBe('opened');
        expect((await store.readUsage(kid, 0)).total).toBe(6);
      },
    );

    it(
      verifies('SES-3 E-7', 'up to a cap of the configuration, and leaves others alone'),
      async () => {
        await store.changeConfiguration(kid, { maxSessions: 100 }, now);
        const many = Array.from({ length: 101 }, (_, index) => open({ sub: `u${index}` }));
        expect(await tally(many)).toEqual({ opened: 100, too_many_sessions: 1 });
        expect(await open({ kid: otherKid })).toBe('opened');
      },
    );

    it(
      verifies('SES-3', 'again when one has ended, is idle, or has outlived its time'),
      async () => {
        await store.changeConfiguration(kid, { maxSessionsPerSubject: 1 }, now);
        const next = (minutes: number) => open({ openedAt: now + minutes * minute });
        expect(await next(0)).toBe('opened');
        await store.endSession(`s${opens}`, now);
        expect(await next(0)).toBe('opened');
        expect(await next(29)).toBe('too_many_sessions');
        expect(await next(30)).toBe('opened');
        await store.touchSession(`s${opens}`, now + 800 * minute);
        expect(await next(749)).toBe('too_many_sessions');
        const late = exampleSession('late', { openedAt: now + 800 * minute });
        const bounds = { ...live, openedAfter: now + 80 * minute };
        expect(await store.openSession(late, bounds)).toBe('opened');
      },
    );

    it(
      verifies('SES-3 C-4', 'again when the token of one has expired, where that ends it'),
      async () => {
        await store.changeConfiguration(kid, { maxSessionsPerSubject: 1 }, now);
        const expiresAt = now + minute;
        expect(await open({ expiresAt })).toBe('opened');
        expect(await open({ openedAt: expiresAt })).toBe('too_many_sessions');
        await store.changeConfiguration(kid, { endSessionsAtExp: true }, now);
        const filter = { ...live, limit: 10, kid };
        expect(await store.listSessions({ ...filter, now: expiresAt - 1 })).toHaveLength(1);
        expect(await store.listSessions({ ...filter, now: expiresAt })).toHaveLength(0);
        expect(await open({ openedAt: expiresAt - 1 })).toBe('too_many_sessions');
        expect(await open({ openedAt: expiresAt })).toBe('opened');
      },
    );

    it(
      verifies('E-7 CFG-4', 'as many opens a minute as the configuration says, in all processes'),
      async () => {
        await store.changeConfiguration(kid, { maxOpensPerMinute: 7 }, now);
        expect(await inTwoProcesses(40, {})).toEqual({ opened: 7, too_many_opens: 33 });
        expect(await open({ sub: 'bob' })).toBe('too_many_opens');
        expect(await open({ kid: otherKid })).toBe('opened');
        expect(await store.countRatedOpens(kid, now - 1)).toBe(7);
        expect(await store.countRatedOpens(kid, now)).toBe(0);
        expect(await store.countRatedOpens(otherKid, 0)).toBe(0);
        expect((await store.readUsage(kid, 0)).total).toBe(7);
      },
    );

    it(
      verifies('E-7', 'opens of any minute, whether their sessions still live or not'),
      async () => {
        await open();
        await store.changeConfiguration(kid, { maxOpensPerMinute: 2 }, now);
        const at = (ms: number, changes = {}) => open({ openedAt: now + ms, ...changes });
        expect(await at(0)).toBe('opened');
        await store.endSession(`s${opens}`, now);
        expect(await at(40_000)).toBe('opened');
        expect(await at(59_999)).toBe('too_many_opens');
        expect(await at(60_000)).toBe('opened');
        expect(await at(99_999, { jti: 'once', uses: 1 })).toBe('too_many_opens');
        expect(await at(100_000, { jti: 'once', uses: 1 })).toBe('opened');
        await store.changeConfiguration(kid, { maxOpensPerMinute: null }, now);
        expect(await at(100_000)).toBe('opened');
      },
    );

    it(verifies('TOK-18', 'and takes no use where it refuses'), async () => {
      await store.changeConfiguration(kid, { maxSessionsPerSubject: 1 }, now);
      await open();
      expect(await open({ jti: 'once', uses: 1 })).toBe('too_many_sessions');
      expect(await open({ jti: 'once', uses: 1, sub: 'bob' })).toBe('opened');
    });
  });
}
