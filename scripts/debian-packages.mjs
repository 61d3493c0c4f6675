/** Debian packages that tests and benches run. They are installed where this is Debian and we may. */
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run, step } from './setup.mjs';

/** Whether dpkg has unpacked a package: it keeps a list of its files, as `name.list` or `name:architecture.list`. */
export function isInstalled(name) {
  const folder = '/var/lib/dpkg/info';
  const lists = existsSync(folder) ? readdirSync(folder) : [];
  return lists.some((list) => list === `${name}.list` || list.startsWith(`${name}:`));
}

/** Installs the packages, all at once where that goes. */
export function installPackages(names) {
  const canInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (names.length === 0 || !canInstall) return;
  const apt = (...args) =>
    run('apt-get', args, { quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  const install = (...some) => apt('install', '-y', '--no-install-recommends', ...some);
  step(`Installing ${names.join(', ')}`, () => {
    apt('update');
    // One name that is not known refuses them all.
    if (install(...names) !== 0) for (const name of names) install(name);
  });
}

/** Where the first of some programs lies that the PATH leads to; undefined where it leads to none. */
export function pathOf(...names) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name);
  }
  return undefined;
}
