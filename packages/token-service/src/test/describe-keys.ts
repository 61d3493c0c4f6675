import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import type { Store, StoredKey } from '../store/store.ts';
import { exampleConfiguration, kid, type StoreState } from './store-examples.ts';

const key = (name: string, createdAt: number): StoredKey => ({
  ...{ thumbprint: name, sealed: `sealed ${name}`, suite: `suite ${name}`, createdAt },
});
const signature = {
  algorithm: 'ES256',
  publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
  thumbprint: 'thumbprint',
} as const;

/** How every store keeps keys. */
export function describeKeys(name: string, set: () => Promise<StoreState>): void {
  describe(`${name} keeps`, () => {
    let state: StoreState;
    let store: Store;
    beforeEach(async () => {
      state = await set();
      store = await state.open();
      await store.createConfiguration(exampleConfiguration(key('one', 1)));
    });
    afterEach(async () => {
      await store.close();
      await state.remove();
    });
    const keys = async () =>
      (await store.findConfiguration(kid))?.keys.map(({ thumbprint }) => thumbprint);

    it(verifies('CFG-3', 'at most two keys of a configuration, the next one first'), async () => {
      expect(await store.addKey(kid, key('two', 2))).toBe(true);
      expect(await store.addKey(kid, key('three', 3))).toBe(false);
      expect(await keys()).toEqual(['two', 'one']);
      expect(await store.addKey('other', key('four', 4))).toBe(false);
      expect(await store.retireKeys(kid)).toBe(true);
      expect(await store.retireKeys(kid)).toBe(false);
      expect(await keys()).toEqual(['two']);
      expect(await store.addKey(kid, key('five', 5))).toBe(true);
      expect(await keys()).toEqual(['five', 'two']);
    });

    it(verifies('A-12', 'the suite of each key'), async () => {
      await store.addKey(kid, key('two', 2));
      const suites = (await store.findConfiguration(kid))?.keys.map(({ suite }) => suite);
      expect(suites).toEqual(['suite two', 'suite one']);
    });

    it(verifies('CFG-3', 'one next key where several processes make one'), async () => {
      const other = await state.open();
      const added = await Promise.all(
        [store, other, store, other].map((by, index) => by.addKey(kid, key(`n${index}`, 2))),
      );
      await other.close();
      expect(added.filter(Boolean)).toHaveLength(1);
    });

    it(verifies('CFG-2 E-1', 'all keys sealed anew, or none'), async () => {
      await store.keepMasterKeyCheck('check');
      const check = { from: 'check', to: 'check 2' };
      const one = { from: 'sealed one', to: 'new one' };
      const sealed = async () => (await store.findConfiguration(kid))?.keys[0]?.sealed;
      expect(await store.resealKeys([], check)).toBe(false);
      expect(await store.resealKeys([{ from: 'other', to: 'new' }], check)).toBe(false);
      expect(await store.resealKeys([one], { from: 'wrong', to: 'new' })).toBe(false);
      expect(await sealed()).toBe('sealed one');
      expect(await store.keepMasterKeyCheck('third')).toBe('check');
      expect(await store.resealKeys([one], check)).toBe(true);
      expect(await sealed()).toBe('new one');
      expect(await store.keepMasterKeyCheck('third')).toBe('check 2');
    });

    it(verifies('TOK-17 CFG-4', 'the settings of signed mode and of session limits'), async () => {
      const changes = {
        signature,
        maxSessions: 9,
        maxSessionsPerSubject: 3,
        maxSessionsPerToken: 4,
        maxOpensPerMinute: 7,
        endSessionsAtExp: true,
      };
      await store.changeConfiguration(kid, changes, 2);
      expect(await store.findConfiguration(kid)).toMatchObject(changes);
      await store.changeConfiguration(kid, { name: 'New' }, 3);
      expect(await store.findConfiguration(kid)).toMatchObject(changes);
      const none = {
        signature: null,
        maxSessions: null,
        maxSessionsPerSubject: null,
        maxSessionsPerToken: null,
        maxOpensPerMinute: null,
      };
      await store.changeConfiguration(kid, none, 4);
      expect(await store.findConfiguration(kid)).toMatchObject(none);
    });
  });
}
