import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import type { Store } from '../store/store.ts';
import { KeyVault } from './key-vault.ts';

const vault = new KeyVault(new Uint8Array(32).fill(1));
const other = new KeyVault(new Uint8Array(32).fill(2));

/** Only what the vault asks of a store. */
function storeKeeping(kept?: string): Store {
  return { keepMasterKeyCheck: async (value: string) => kept ?? value } as unknown as Store;
}

describe('KeyVault', () => {
  it(verifies('CFG-2 E-1', 'opens what it sealed, under the same label'), async () => {
    const sealed = await vault.seal('kid', 'secret');
    expect(await vault.unseal('kid', sealed)).toBe('secret');
    expect(sealed).not.toContain(Buffer.from('secret').toString('base64url'));
  });

  it(verifies('E-1', 'seals the same secret differently each time'), async () => {
    expect(await vault.seal('kid', 'secret')).not.toBe(await vault.seal('kid', 'secret'));
  });

  it(
    verifies('E-1', 'refuses another master key, another label and every changed part'),
    async () => {
      const sealed = await vault.seal('kid', 'secret');
      const refused = { code: 'master_key_wrong' };
      await expect(other.unseal('kid', sealed)).rejects.toMatchObject(refused);
      await expect(vault.unseal('another', sealed)).rejects.toMatchObject(refused);
      const parts = sealed.split('.');
      for (const index of [0, 2, 3, 4]) {
        const part = Buffer.from(parts[index]!, 'base64url');
        part[part.length - 2]! ^= 1;
        const changed = parts.with(index, part.toString('base64url')).join('.');
        await expect(vault.unseal('kid', changed)).rejects.toMatchObject(refused);
      }
      const shortTag = parts.with(4, parts[4]!.slice(0, 8)).join('.');
      await expect(vault.unseal('kid', shortTag)).rejects.toMatchObject(refused);
    },
  );

  it(verifies('E-1', 'refuses a relabelled header: the label is authenticated'), async () => {
    const sealed = await vault.seal('kid', 'secret');
    const [header = '', ...rest] = sealed.split('.');
    const changed = JSON.parse(Buffer.from(header, 'base64url').toString());
    const relabelled = Buffer.from(JSON.stringify({ ...changed, kid: 'another' }));
    await expect(
      vault.unseal('another', [relabelled.toString('base64url'), ...rest].join('.')),
    ).rejects.toMatchObject({ code: 'master_key_wrong' });
  });

  it(
    verifies('E-1', 'passes a state that it sealed or that is new, and refuses one of another key'),
    async () => {
      await vault.checkAgainst(storeKeeping());
      const foreign = await other.seal('master-key-check', 'master-key-check');
      await expect(vault.checkAgainst(storeKeeping(foreign))).rejects.toMatchObject({
        code: 'master_key_wrong',
      });
    },
  );

  it.each([0, 16, 31, 33])(verifies('E-2', 'refuses a master key of %d bytes'), (bytes) => {
    expect(() => new KeyVault(new Uint8Array(bytes))).toThrow(TypeError);
  });
});
