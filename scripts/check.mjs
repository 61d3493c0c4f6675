/** `npm run check`: format and lint, types, dead code, bundle sizes. Returns the number of checks that found something. */
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { run, setup } from './setup.mjs';

const checks = [
  ['format and lint', 'biome', ['ci', '--colors=off', '--error-on-warnings', '.']],
  ['types of the services, tests and examples', 'tsc', ['-p', 'tsconfig.json']],
  ['types of the viewer', 'tsc', ['-p', 'packages/viewer/tsconfig.json']],
  ['types of the element', 'tsc', ['-p', 'packages/embed/tsconfig.json']],
  ['dead code', 'knip', ['--no-progress']],
  ['bundle sizes', 'size-limit', []],
];

export function check() {
  let failed = 0;
  for (const [title, command, args] of checks) {
    const code = run(command, args, { quiet: true });
    console.log(`${code === 0 ? '✓' : '✗'} ${title}`);
    if (code !== 0) failed += 1;
  }
  return failed;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup();
  build();
  process.exit(check() === 0 ? 0 : 1);
}
