/** `npm run bench`: figures as value, baseline and ratio, taken in the same run. */
import { build } from './build.mjs';
import { must, run, setup } from './setup.mjs';

setup();
build();
must('node', ['examples/content/prepare.ts']);
process.exit(run('node', ['test/bench/main.ts', ...process.argv.slice(2)]));
