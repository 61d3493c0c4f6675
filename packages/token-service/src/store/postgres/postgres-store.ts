import { GroupCommit } from '../group-commit.ts';
import type { OpenOutcome, Store } from '../store.ts';
import type { Offer } from './admission.ts';
import { checkServer } from './check-server.ts';
import {
  changeConfiguration,
  createConfiguration,
  deleteConfiguration,
  findConfiguration,
  listConfigurations,
} from './configurations.ts';
import { Database, type DatabaseOptions } from './database.ts';
import { addKey, resealKeys, retireKeys } from './keys.ts';
import { keepMasterKeyCheck } from './master-key-check.ts';
import { migrate } from './migrate.ts';
import { openSessions } from './open-sessions.ts';
import { deleteRevocation, listRevocations, purgeTokenUses, revoke } from './revocations.ts';
import {
  countRatedOpens,
  countSessions,
  endSession,
  findSession,
  listSessions,
  purgeSessions,
  readClaims,
  touchSession,
} from './sessions.ts';
import { readUsage } from './usage.ts';

/** The store on a database that `url` names; to be opened by `openPostgresStore`. */
export async function connectStore(url: string, options: DatabaseOptions): Promise<Store> {
  const database = new Database(url, options);
  try {
    await checkServer(database);
    await migrate(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  const opens = new GroupCommit<Offer, OpenOutcome>((offers) => openSessions(database, offers));

  return {
    createConfiguration: (configuration) => createConfiguration(database, configuration),
    findConfiguration: (kid) => findConfiguration(database, kid),
    listConfigurations: () => listConfigurations(database),
    changeConfiguration: (kid, changes, at) => changeConfiguration(database, { kid, changes, at }),
    deleteConfiguration: (kid, at) => deleteConfiguration(database, { kid, at }),
    addKey: (kid, key) => addKey(database, kid, key),
    retireKeys: (kid) => retireKeys(database, kid),
    resealKeys: (keys, check) => resealKeys(database, keys, check),
    openSession: (session, live) => opens.add({ session, live }),
    revoke: (revocation, { endSessions }) => revoke(database, revocation, endSessions),
    listRevocations: (limit) => listRevocations(database, limit),
    deleteRevocation: (id) => deleteRevocation(database, id),
    purgeTokenUses: (expiredBefore) => purgeTokenUses(database, expiredBefore),
    findSession: (id) => findSession(database, id),
    readClaims: (id) => readClaims(database, id),
    touchSession: (id, seenAt) => touchSession(database, id, seenAt),
    endSession: (id, at) => endSession(database, id, at),
    listSessions: (filter) => listSessions(database, filter),
    countSessions: (filter) => countSessions(database, filter),
    countRatedOpens: (kid, openedAfter) => countRatedOpens(database, kid, openedAfter),
    purgeSessions: (openedBefore) => purgeSessions(database, openedBefore),
    readUsage: (kid, sinceBucket) => readUsage(database, kid, sinceBucket),
    keepMasterKeyCheck: (value) => keepMasterKeyCheck(database, value),
    close: async () => {
      await opens.drain();
      await database.close();
    },
  };
}
