/**
 * Brings a bare checkout to the point where everything else runs: pnpm, the locked dependencies and with them Node 24.
 * Plain JavaScript for Node 18 and later, since it runs before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const pnpmVersion = '12.21.0';
const toolchain = join(root, '.toolchain');
const binaries = [join(root, 'node_modules/.bin'), join(toolchain, 'node_modules/.bin')];

/** The environment in which `node` is the pinned Node and the workspace's tools are on the PATH. */
export function environment(extra = {}) {
  const path = [...binaries, process.env.PATH ?? ''].join(delimiter);
  return { ...process.env, PATH: path, ...extra };
}

/** Runs a command in the checkout and returns its exit code; its output is shown unless `quiet`, where it is shown on failure only. */
export function run(command, args, { quiet = false, env = {} } = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    env: environment(env),
    stdio: quiet ? 'pipe' : 'inherit',
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const code = result.status ?? 1;
  if (quiet && code !== 0) process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}`);
  if (result.error) process.stderr.write(`${command}: ${result.error.message}\n`);
  return code;
}

/** As `run`, but a failure ends the process. */
export function must(command, args, options) {
  const code = run(command, args, options);
  if (code !== 0) {
    process.stderr.write(`\n${command} ${args.join(' ')} failed (exit code ${code}).\n`);
    process.exit(code);
  }
}

/** Says what is being done, and how long it took. */
export function step(title, work) {
  const started = Date.now();
  process.stdout.write(`${title} … `);
  work();
  process.stdout.write(`${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

/** Installs pnpm and the locked dependencies where that has not been done for this lock file. */
export function setup() {
  const [major] = process.versions.node.split('.');
  if (Number(major) < 18) {
    process.stderr.write(`Node 18 or later is needed to begin with; this is ${process.version}.\n`);
    process.exit(1);
  }
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  const stamp = join(root, 'node_modules/.vitrine-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;

  if (!existsSync(join(toolchain, 'node_modules/.bin/pnpm'))) {
    step('Installing pnpm', () => {
      mkdirSync(toolchain, { recursive: true });
      writeFileSync(join(toolchain, 'package.json'), '{"private":true}\n');
      const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
      must(
        npm,
        ['install', '--prefix', toolchain, '--no-audit', '--no-fund', `pnpm@${pnpmVersion}`],
        {
          quiet: true,
        },
      );
    });
  }
  step('Installing dependencies and Node 24', () =>
    must('pnpm', ['install', '--frozen-lockfile'], { quiet: true, env: { CI: 'true' } }),
  );
  writeFileSync(stamp, lock);
}
