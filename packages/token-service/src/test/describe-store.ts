import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import type { NewSession, Store, StoredConfiguration, StoredKey } from '../store/store.ts';
import { bucketOf } from '../usage/bucket.ts';

const now = Date.parse('2026-11-21T20:30:00Z');
const kid = '0123456789abcdef01234567';
const minute = 60_000;

/** A configuration with the given keys. */
export const exampleConfiguration = (...keys: StoredKey[]): StoredConfiguration => ({
  kid,
  name: 'Example',
  profile: 'strict',
  enabled: true,
  origins: ['https://app.example.com'],
  linksAllowed: true,
  maxTokenLifetimeSeconds: 60,
  allowErasedAcl: false,
  idleTimeoutSeconds: null,
  createdAt: now,
  updatedAt: now,
  keys,
});
const configuration = exampleConfiguration({ thumbprint: 'thumbprint', sealed: 'sealed' });

const session = (id: string, changes: Partial<NewSession> = {}): NewSession => ({
  ...{ id, kid, sub: 'ada', tokenDigest: 'digest', claims: '{"sub":"ada"}' },
  ...{ timeZone: 'UTC', theme: null, language: null, openedAt: now },
  ...changes,
});

const liveFilter = { openedAfter: 0, now, idleTimeoutMs: 30 * minute, limit: 100 };

/** What every store must do. `open` opens the same state again, as another process would. */
export function describeStore(
  name: string,
  set: () => Promise<{ open: () => Promise<Store>; remove: () => Promise<void> }>,
): void {
  describe(name, () => {
    let state: Awaited<ReturnType<typeof set>>;
    let store: Store;
    beforeEach(async () => {
      state = await set();
      store = await state.open();
      await store.createConfiguration(configuration);
    });
    afterEach(async () => {
      await store.close();
      await state.remove();
    });

    it(verifies('CFG-1', 'keeps, lists and changes configurations'), async () => {
      expect(await store.findConfiguration(kid)).toEqual(configuration);
      expect(await store.findConfiguration('other')).toBeUndefined();
      const changes = { name: 'New', origins: [], idleTimeoutSeconds: 60 };
      expect(await store.changeConfiguration(kid, changes, now + 1)).toBe(true);
      expect(await store.changeConfiguration('other', changes, now)).toBe(false);
      expect(await store.listConfigurations()).toEqual([
        { ...configuration, ...changes, updatedAt: now + 1 },
      ]);
    });

    it(verifies('CFG-1 E-3', 'deletes a configuration with its keys, for good'), async () => {
      await store.openSession(session('a'));
      expect(await store.deleteConfiguration(kid, now + 5)).toBe(true);
      expect(await store.deleteConfiguration(kid, now + 6)).toBe(false);
      expect(await store.changeConfiguration(kid, { enabled: true }, now)).toBe(false);
      expect(await store.findConfiguration(kid)).toBeUndefined();
      expect(await store.listConfigurations()).toEqual([]);
      expect(await store.openSession(session('b'))).toBe(false);
      expect((await store.findSession('a'))?.endedAt).toBe(now + 5);
    });

    it(verifies('SES-1', 'opens a session and counts it'), async () => {
      expect(await store.openSession(session('a', { theme: 't', language: 'de-DE' }))).toBe(true);
      expect(await store.findSession('a')).toEqual({
        ...{ id: 'a', kid, sub: 'ada', tokenDigest: 'digest', timeZone: 'UTC', theme: 't' },
        ...{ language: 'de-DE', openedAt: now, seenAt: now, endedAt: null },
        ...{ profile: 'strict', allowErasedAcl: false, idleTimeoutSeconds: null },
      });
      expect(await store.readClaims('a')).toBe('{"sub":"ada"}');
      expect(await store.readUsage(kid, 0)).toEqual({ lastUsed: now, total: 1, since: 1 });
    });

    it(
      verifies(
        'E-3',
        'opens none under a configuration that is disabled or missing, and counts none',
      ),
      async () => {
        await store.changeConfiguration(kid, { enabled: false }, now);
        expect(await store.openSession(session('a'))).toBe(false);
        expect(await store.openSession(session('b', { kid: 'other' }))).toBe(false);
        expect(await store.findSession('a')).toBeUndefined();
        expect(await store.readUsage(kid, 0)).toEqual({ lastUsed: null, total: 0, since: 0 });
      },
    );

    it(
      verifies(
        'E-3',
        'ends the sessions of a configuration that is disabled, also after it is enabled again',
      ),
      async () => {
        await store.openSession(session('a'));
        await store.changeConfiguration(kid, { enabled: false }, now + 7);
        await store.changeConfiguration(kid, { enabled: true }, now + 8);
        expect((await store.findSession('a'))?.endedAt).toBe(now + 7);
        expect(await store.openSession(session('b'))).toBe(true);
      },
    );

    it(
      verifies('SES-1 E-6', 'counts 1,000 parallel opens exactly, and refuses an id twice'),
      async () => {
        const opens = Array.from({ length: 1000 }, (_, index) => {
          return store.openSession(session(`s${index}`, { openedAt: now + index * 1000 }));
        });
        expect((await Promise.all(opens)).every(Boolean)).toBe(true);
        const later = bucketOf(now) + 1;
        expect(await store.readUsage(kid, later)).toEqual({
          lastUsed: now + 999_000,
          total: 1000,
          since: 100,
        });
        await expect(store.openSession(session('s1'))).rejects.toMatchObject({
          code: 'store_unavailable',
        });
        expect((await store.readUsage(kid, 0)).total).toBe(1000);
      },
    );

    it('fails a batch as a whole: no session and no count of it stay', async () => {
      await store.openSession(session('a'));
      const batch = ['b', 'a', 'c'].map((id) => store.openSession(session(id)));
      const outcomes = await Promise.allSettled(batch);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(await store.findSession('b')).toBeUndefined();
      expect((await store.readUsage(kid, 0)).total).toBe(1);
      expect(await store.openSession(session('d'))).toBe(true);
    });

    it(verifies('SES-3', 'ends a session once'), async () => {
      await store.openSession(session('a'));
      expect(await store.endSession('a', now + 1)).toBe(true);
      expect(await store.endSession('a', now + 2)).toBe(false);
      expect(await store.endSession('other', now)).toBe(false);
      expect((await store.findSession('a'))?.endedAt).toBe(now + 1);
    });

    it('touches a session forwards only', async () => {
      await store.openSession(session('a'));
      await store.touchSession('a', now + 10);
      await store.touchSession('a', now + 5);
      expect((await store.findSession('a'))?.seenAt).toBe(now + 10);
    });

    it(verifies('SES-3', 'lists live sessions by sub and kid, newest first'), async () => {
      await store.createConfiguration({
        ...{ ...configuration, kid: 'impatient', idleTimeoutSeconds: 60 },
        keys: [{ thumbprint: 'second', sealed: 'sealed' }],
      });
      await store.openSession(session('ended'));
      await store.endSession('ended', now);
      await store.openSession(session('idle', { openedAt: now - 30 * minute }));
      await store.openSession(session('early', { openedAt: now - 29 * minute }));
      await store.openSession(session('late', { sub: 'bob' }));
      await store.openSession(session('gone', { kid: 'impatient', openedAt: now - minute }));
      await store.openSession(session('here', { kid: 'impatient', openedAt: now - 59_000 }));
      const ids = async (filter: object) =>
        (await store.listSessions({ ...liveFilter, ...filter })).map(({ id }) => id);
      expect(await ids({})).toEqual(['here', 'late', 'early']);
      expect(await ids({ limit: 1 })).toEqual(['here']);
      expect(await ids({ sub: 'bob' })).toEqual(['late']);
      expect(await ids({ kid: 'impatient' })).toEqual(['here']);
      expect(await ids({ kid, sub: 'ada' })).toEqual(['early']);
      expect(await ids({ sub: "' OR 1=1 --" })).toEqual([]);
      expect(await ids({ openedAfter: now - 29 * minute })).toEqual(['here', 'late']);
      const { limit: _limit, ...uncut } = liveFilter;
      expect(await store.countSessions(uncut)).toBe(3);
      expect(await store.countSessions({ ...uncut, sub: 'bob' })).toBe(1);
    });

    it('forgets sessions opened long ago, and keeps their count', async () => {
      await store.openSession(session('old', { openedAt: now - 100 }));
      await store.openSession(session('new'));
      expect(await store.purgeSessions(now)).toBe(true);
      expect(await store.purgeSessions(now)).toBe(false);
      expect(await store.findSession('old')).toBeUndefined();
      expect(await store.findSession('new')).toBeDefined();
      expect((await store.readUsage(kid, 0)).total).toBe(2);
    });

    it('keeps the first master key check', async () => {
      expect(await store.keepMasterKeyCheck('first')).toBe('first');
      expect(await store.keepMasterKeyCheck('second')).toBe('first');
    });

    it(
      verifies('E-3', 'shows what one process wrote to another at once, and after a restart'),
      async () => {
        const other = await state.open();
        await store.openSession(session('a'));
        expect((await other.findSession('a'))?.endedAt).toBeNull();
        await store.changeConfiguration(kid, { enabled: false }, now + 1);
        expect((await other.findSession('a'))?.endedAt).toBe(now + 1);
        expect(await other.openSession(session('b'))).toBe(false);
        await other.close();
        await store.close();
        store = await state.open();
        expect(await store.readClaims('a')).toBe('{"sub":"ada"}');
        expect(await store.readUsage(kid, 0)).toEqual({ lastUsed: now, total: 1, since: 1 });
      },
    );

    it(verifies('SES-1', 'counts exactly when two processes open at once'), async () => {
      const other = await state.open();
      const opens = Array.from({ length: 200 }, (_, index) =>
        (index % 2 === 0 ? store : other).openSession(session(`s${index}`)),
      );
      await Promise.all(opens);
      await other.close();
      expect((await store.readUsage(kid, 0)).total).toBe(200);
    });

    it('finishes the writes under way before it closes', async () => {
      const opened = store.openSession(session('a'));
      await store.close();
      expect(await opened).toBe(true);
      store = await state.open();
      expect(await store.findSession('a')).toBeDefined();
    });
  });
}
