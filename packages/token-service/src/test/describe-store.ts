import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import type { NewSession, Store } from '../store/store.ts';
import { bucketOf } from '../usage/bucket.ts';
import { describeAdmission } from './describe-admission.ts';
import { describeKeys } from './describe-keys.ts';
import {
  exampleConfiguration,
  exampleSession,
  kid,
  now,
  type StoreState,
} from './store-examples.ts';

const minute = 60_000;
const configuration = exampleConfiguration({
  thumbprint: 'thumbprint',
  sealed: 'sealed',
  suite: 'suite',
  createdAt: now,
});

const liveBounds = { openedAfter: 0, idleTimeoutMs: 30 * minute };
const liveFilter = { ...liveBounds, now, limit: 100 };

const open = (store: Store, id: string, changes?: Partial<NewSession>) =>
  store.openSession(exampleSession(id, changes), liveBounds);

/** What every store must do. `open` opens the same state again, as another process would. */
export function describeStore(name: string, set: () => Promise<StoreState>): void {
  describeAdmission(name, set);
  describeKeys(name, set);
  describe(name, () => {
    let state: StoreState;
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
      await open(store, 'a');
      expect(await store.deleteConfiguration(kid, now + 5)).toBe(true);
      expect(await store.deleteConfiguration(kid, now + 6)).toBe(false);
      expect(await store.changeConfiguration(kid, { enabled: true }, now)).toBe(false);
      expect(await store.findConfiguration(kid)).toBeUndefined();
      expect(await store.listConfigurations()).toEqual([]);
      expect(await open(store, 'b')).toBe('not_in_service');
      expect((await store.findSession('a'))?.endedAt).toBe(now + 5);
    });

    it(verifies('SES-1', 'opens a session and counts it'), async () => {
      expect(await open(store, 'a', { theme: 't', language: 'de-DE' })).toBe('opened');
      expect(await store.findSession('a')).toEqual({
        ...{ id: 'a', kid, sub: 'ada', tokenDigest: 'digest', timeZone: 'UTC', theme: 't' },
        ...{ language: 'de-DE', openedAt: now, seenAt: now, endedAt: null },
        ...{ profile: 'strict', allowErasedAcl: false, idleTimeoutSeconds: null },
        ...{ expiresAt: null, endSessionsAtExp: false },
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
        expect(await open(store, 'a')).toBe('not_in_service');
        expect(await open(store, 'b', { kid: 'other' })).toBe('not_in_service');
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
        await open(store, 'a');
        await store.changeConfiguration(kid, { enabled: false }, now + 7);
        await store.changeConfiguration(kid, { enabled: true }, now + 8);
        expect((await store.findSession('a'))?.endedAt).toBe(now + 7);
        expect(await open(store, 'b')).toBe('opened');
      },
    );

    it(
      verifies('SES-1 E-6', 'counts 1,000 parallel opens exactly, and refuses an id twice'),
      async () => {
        const opens = Array.from({ length: 1000 }, (_, index) => {
          return open(store, `s${index}`, { openedAt: now + index * 1000 });
        });
        expect(new Set(await Promise.all(opens))).toEqual(new Set(['opened']));
        const later = bucketOf(now) + 1;
        expect(await store.readUsage(kid, later)).toEqual({
          lastUsed: now + 999_000,
          total: 1000,
          since: 100,
        });
        await expect(open(store, 's1')).rejects.toMatchObject({
          code: 'store_unavailable',
        });
        expect((await store.readUsage(kid, 0)).total).toBe(1000);
      },
    );

    it('fails a batch as a whole: no session and no count of it stay', async () => {
      await open(store, 'a');
      const batch = ['b', 'a', 'c'].map((id) => open(store, id));
      const outcomes = await Promise.allSettled(batch);
      expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(await store.findSession('b')).toBeUndefined();
      expect((await store.readUsage(kid, 0)).total).toBe(1);
      expect(await open(store, 'd')).toBe('opened');
    });

    it(verifies('SES-3', 'ends a session once'), async () => {
      await open(store, 'a');
      expect(await store.endSession('a', now + 1)).toBe(true);
      expect(await store.endSession('a', now + 2)).toBe(false);
      expect(await store.endSession('other', now)).toBe(false);
      expect((await store.findSession('a'))?.endedAt).toBe(now + 1);
    });

    it('touches a session forwards only', async () => {
      await open(store, 'a');
      await store.touchSession('a', now + 10);
      await store.touchSession('a', now + 5);
      expect((await store.findSession('a'))?.seenAt).toBe(now + 10);
    });

    it(verifies('SES-3', 'lists live sessions by sub and kid, newest first'), async () => {
      await store.createConfiguration({
        ...{ ...configuration, kid: 'impatient', idleTimeoutSeconds: 60 },
        keys: [{ thumbprint: 'second', sealed: 'sealed', suite: 'suite', createdAt: now }],
      });
      await open(store, 'ended');
      await store.endSession('ended', now);
      await open(store, 'idle', { openedAt: now - 30 * minute });
      await open(store, 'early', { openedAt: now - 29 * minute });
      await open(store, 'late', { sub: 'bob' });
      await open(store, 'gone', { kid: 'impatient', openedAt: now - minute });
      await open(store, 'here', { kid: 'impatient', openedAt: now - 59_000 });
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
      await open(store, 'old', { openedAt: now - 100 });
      await open(store, 'new');
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
        await open(store, 'a');
        expect((await other.findSession('a'))?.endedAt).toBeNull();
        await store.changeConfiguration(kid, { enabled: false }, now + 1);
        expect((await other.findSession('a'))?.endedAt).toBe(now + 1);
        expect(await open(other, 'b')).toBe('not_in_service');
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
        open(index % 2 === 0 ? store : other, `s${index}`),
      );
      await Promise.all(opens);
      await other.close();
      expect((await store.readUsage(kid, 0)).total).toBe(200);
    });

    it('finishes the writes under way before it closes', async () => {
      const opened = open(store, 'a');
      await store.close();
      expect(await opened).toBe('opened');
      store = await state.open();
      expect(await store.findSession('a')).toBeDefined();
    });
  });
}
