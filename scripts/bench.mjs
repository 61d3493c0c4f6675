/** `npm run bench`: figures as value, baseline and ratio, taken in the same run. */
import { build } from './build.mjs';
import { installPackages, isInstalled, pathOf } from './debian-packages.mjs';
import { must, run, setup } from './setup.mjs';

/** What makes the load, and a database beside which it is taken too. */
const needed = ['wrk', 'postgresql'];

setup();
installPackages(needed.filter((name) => !isInstalled(name)));
if (pathOf('wrk') === undefined) {
  process.stderr.write('The load of the benches comes from wrk: install it.\n');
  process.exit(1);
}
build();
must('node', ['examples/content/prepare.ts']);
process.exit(run('node', ['test/bench/main.ts', ...process.argv.slice(2)]));
