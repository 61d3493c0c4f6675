import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { EnvironmentError } from './environment-error.ts';
import { keptSecret } from './kept-secret.ts';
import { decodeMasterKey, type Environment, minAdminTokenCharacters } from './read-environment.ts';

export interface Secrets {
  readonly masterKey: Uint8Array;
  readonly adminToken: string;
  /** Where the admin token lies, if it was not given. */
  readonly adminTokenFile: string | undefined;
}

/**
 * Master key and admin token: from the environment, else from files in `STATE_DIR` that the first start makes.
 *
 * @throws EnvironmentError
 */
export async function readSecrets(environment: Environment, log: Logger): Promise<Secrets> {
  const { stateDir } = environment;
  const kept = async (variable: string, name: string, make: () => string) => {
    const path = join(stateDir, name);
    const { secret, isNew } = await keptSecret({ variable, path, make });
    if (isNew) {
      log.warn(
        { event: 'secret.made', variable, path },
        `${variable} was not given, so one was made. Keep this file safe and backed up apart from the state.`,
      );
    }
    return { secret, path };
  };
  const admin =
    environment.adminToken === undefined
      ? await kept('ADMIN_TOKEN', 'admin-token', () => randomBytes(32).toString('base64url'))
      : undefined;
  if (admin && admin.secret.length < minAdminTokenCharacters) {
    throw new EnvironmentError('ADMIN_TOKEN', `is not set, and ${admin.path} holds no token.`);
  }
  return {
    masterKey: environment.masterKey ?? (await keptMasterKey(kept)),
    adminToken: environment.adminToken ?? admin?.secret ?? '',
    adminTokenFile: admin?.path,
  };
}

async function keptMasterKey(
  kept: (
    variable: string,
    name: string,
    make: () => string,
  ) => Promise<{ secret: string; path: string }>,
): Promise<Uint8Array> {
  const make = () => randomBytes(32).toString('base64');
  const { secret, path } = await kept('MASTER_KEY', 'master-key', make);
  const key = decodeMasterKey(secret);
  if (!key) throw new EnvironmentError('MASTER_KEY', `is not set, and ${path} holds no key.`);
  return key;
}
