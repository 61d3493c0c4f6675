/**
 * Installs the ClickHouse engine that tests run on (`test/harness/chdb`): 540 MB that nothing else needs. Its own lock file
 * pins what comes and the hashes of it.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, run, setup, step } from './setup.mjs';

/** Installs it where that has not been done for this lock file. Where it fails, the tests that need it fail and say so. */
export function installChdb() {
  const folder = join(root, 'test/harness/chdb');
  const lock = createHash('sha256')
    .update(readFileSync(join(folder, 'pnpm-lock.yaml')))
    .digest('hex');
  const stamp = join(folder, 'node_modules/.vitrine-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  step('Installing the ClickHouse engine for tests', () => {
    const args = ['--dir', folder, 'install', '--frozen-lockfile'];
    if (run('pnpm', args, { quiet: true, env: { CI: 'true' } }) === 0) writeFileSync(stamp, lock);
    else
      process.stderr.write('The ClickHouse engine could not be installed: its tests will fail.\n');
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup();
  installChdb();
}
