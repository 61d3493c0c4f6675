/** `npm run serve`: the services alone, configured by the environment. */
import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { environment, root, setup } from './setup.mjs';

setup();
build();

const service = spawn(
  'node',
  ['--conditions=compiled', 'packages/dashboard-service/dist/main.js'],
  {
    cwd: root,
    env: environment(),
    stdio: 'inherit',
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => service.kill(signal));
service.on('exit', (code) => process.exit(code ?? 0));
