import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { EnvironmentError } from './environment-error.ts';

/** A secret that is kept in a file where the environment does not give it. */
export interface KeptSecret {
  /** The variable it could come from. */
  readonly variable: string;
  readonly path: string;
  readonly make: () => string;
}

/**
 * The secret in the file, made on the first start with mode 0600. `isNew` tells that it was.
 *
 * @throws EnvironmentError where the file cannot be read or written, or others may read it
 */
export async function keptSecret({
  variable,
  path,
  make,
}: KeptSecret): Promise<{ secret: string; isNew: boolean }> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'wx', 0o600);
    try {
      const secret = make();
      await file.writeFile(`${secret}\n`);
      await file.sync();
      return { secret, isNew: true };
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new EnvironmentError(variable, `is not set, and ${path} cannot be written.`, {
        cause: error,
      });
    }
  }
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) {
    throw new EnvironmentError(
      variable,
      `is not set, and ${path} may be read by others: make it 0600.`,
    );
  }
  return { secret: (await readFile(path, 'utf8')).trim(), isNew: false };
}
