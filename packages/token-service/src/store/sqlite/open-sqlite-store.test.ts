import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../../test/verifies.ts';
import { describeStore } from '../../test/describe-store.ts';
import { exampleConfiguration } from '../../test/store-examples.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

async function newFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-store-'));
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

describeStore('the SQLite store', async () => {
  const { folder, remove } = await newFolder();
  return { open: () => openSqliteStore(join(folder, 'state.db')), remove };
});

describe('openSqliteStore', () => {
  it(verifies('CFG-2', 'makes the file readable for its owner only'), async () => {
    const { folder, remove } = await newFolder();
    const store = await openSqliteStore(join(folder, 'state.db'));
    for (const name of ['state.db', 'state.db-wal', 'state.db-shm']) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
    await store.close();
    await remove();
  });

  it('writes ahead in a log, so that reads do not wait', async () => {
    const { folder, remove } = await newFolder();
    const store = await openSqliteStore(join(folder, 'state.db'));
    const database = new DatabaseSync(join(folder, 'state.db'));
    expect(database.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    database.close();
    await store.close();
    await remove();
  });

  it(
    verifies('E-3 CFG-1', 'leaves no byte of the key of a deleted configuration in the file'),
    async () => {
      const { folder, remove } = await newFolder();
      const path = join(folder, 'state.db');
      const store = await openSqliteStore(path);
      const marker = 'sealed-key-marker-'.repeat(200);
      await store.createConfiguration(
        exampleConfiguration({ thumbprint: 'one', sealed: marker, suite: 'suite', createdAt: 1 }),
      );
      await store.deleteConfiguration(exampleConfiguration().kid, 1);
      await store.close();
      expect((await readFile(path)).includes('sealed-key-marker')).toBe(false);
      await remove();
    },
  );

  it('refuses a state that a newer release wrote', async () => {
    const { folder, remove } = await newFolder();
    const database = new DatabaseSync(join(folder, 'state.db'));
    database.exec('PRAGMA user_version = 1000');
    database.close();
    await expect(openSqliteStore(join(folder, 'state.db'))).rejects.toMatchObject({
      code: 'state_too_new',
    });
    await remove();
  });

  it('refuses a file that is no state, and a folder that is not there', async () => {
    const { folder, remove } = await newFolder();
    await writeFile(
      join(folder, 'state.db'),
      'this is not a database, it is only text'.repeat(100),
    );
    for (const path of [join(folder, 'state.db'), join(folder, 'missing', 'state.db')]) {
      await expect(openSqliteStore(path)).rejects.toMatchObject({ code: 'store_unavailable' });
    }
    await remove();
  });
});
