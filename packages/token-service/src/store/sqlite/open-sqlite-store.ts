import { open } from 'node:fs/promises';
import { StateError } from '../../state-error.ts';
import { GroupCommit } from '../group-commit.ts';
import type { Store } from '../store.ts';
import { SqliteReader } from './sqlite-reader.ts';
import type { Write, WriteOutcome } from './write.ts';
import { WriterClient } from './writer-client.ts';

/**
 * Opens (makes, mode 0600, where missing) the state file. Writes are group-committed in a thread of
 * their own; reads run here. Several processes on one machine may share a file.
 * Throws `StateError` `store_unavailable` or `state_too_new`.
 */
export async function openSqliteStore(path: string): Promise<Store> {
  await touchPrivately(path);
  const writer = await WriterClient.start(path);
  const reader = new SqliteReader(path);
  const commits = new GroupCommit<Write, WriteOutcome>((writes) => writer.commit(writes));
  const write = async (item: Write) => (await commits.add(item)) === true;

  return {
    createConfiguration: async (configuration) => {
      await write({ kind: 'create', configuration });
    },
    findConfiguration: (kid) => read(() => reader.configuration(kid)),
    listConfigurations: () => read(() => reader.configurations()),
    changeConfiguration: (kid, changes, at) => write({ kind: 'change', kid, changes, at }),
    deleteConfiguration: (kid, at) => write({ kind: 'delete', kid, at }),
    addKey: (kid, key) => write({ kind: 'addKey', kid, key }),
    retireKeys: (kid) => write({ kind: 'retireKeys', kid }),
    resealKeys: (keys, check) => write({ kind: 'reseal', keys, check }),
    openSession: async (session, live) => {
      const outcome = await commits.add({ kind: 'open', session, live });
      return typeof outcome === 'string' ? outcome : 'not_in_service';
    },
    revoke: async (revocation, { endSessions }) =>
      Number(await commits.add({ kind: 'revoke', revocation, endSessions })),
    listRevocations: (limit) => read(() => reader.revocations(limit)),
    deleteRevocation: (id) => write({ kind: 'deleteRevocation', id }),
    purgeTokenUses: async (expiredBefore) => {
      await write({ kind: 'purgeTokenUses', expiredBefore });
    },
    findSession: (id) => read(() => reader.session(id)),
    readClaims: (id) => read(() => reader.claims(id)),
    touchSession: async (id, seenAt) => {
      await write({ kind: 'touch', id, seenAt });
    },
    endSession: (id, at) => write({ kind: 'end', id, at }),
    listSessions: (filter) => read(() => reader.sessions(filter)),
    countSessions: (filter) => read(() => reader.countSessions(filter)),
    countRatedOpens: (kid, openedAfter) => read(() => reader.ratedOpens(kid, openedAfter)),
    purgeSessions: (openedBefore) => write({ kind: 'purge', openedBefore }),
    readUsage: (kid, sinceBucket) => read(() => reader.usage(kid, sinceBucket)),
    keepMasterKeyCheck: async (value) => {
      await write({ kind: 'masterKeyCheck', value });
      return (await read(() => reader.masterKeyCheck())) ?? value;
    },
    close: async () => {
      await commits.drain();
      reader.close();
      await writer.close();
    },
  };
}

async function read<T>(work: () => T): Promise<T> {
  try {
    return work();
  } catch (cause) {
    throw new StateError('store_unavailable', 'The state file could not be read.', { cause });
  }
}

async function touchPrivately(path: string): Promise<void> {
  try {
    const file = await open(path, 'a', 0o600);
    await file.close();
  } catch (cause) {
    throw new StateError('store_unavailable', 'The state file could not be made.', { cause });
  }
}
