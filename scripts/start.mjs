/** `npm start`: sets up, builds, makes the demo data and serves the demo. */
import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { environment, must, root, setup } from './setup.mjs';

setup();
build();
must('node', ['examples/content/prepare.ts']);

const demo = spawn('node', ['examples/host-page/demo.ts', ...process.argv.slice(2)], {
  cwd: root,
  env: environment(),
  stdio: 'inherit',
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => demo.kill(signal));
demo.on('exit', (code) => process.exit(code ?? 0));
