/** Bundles what browsers load (the viewer and the element) and compiles the services, where a source is newer. */
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { must, root, setup, step } from './setup.mjs';

const bundles = [
  { name: 'viewer', output: 'packages/viewer/dist/index.html' },
  { name: 'embed', output: 'packages/embed/dist/vitrine-embed.js' },
];
const sources = ['protocol', 'charts', 'claims', 'viewer', 'embed'];
const compiled = [
  'claims',
  'tokens',
  'jaql',
  'engines',
  'charts',
  'export',
  'token-service',
  'dashboard-service',
];

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name === 'test') continue;
    const path = join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}

function newestOf(names) {
  return Math.max(...names.map((name) => newest(join(root, 'packages', name))));
}

export function build({ force = false } = {}) {
  const isOlder = (output, changed) => {
    const path = join(root, output);
    return force || !existsSync(path) || statSync(path).mtimeMs <= changed;
  };
  const changed = newestOf(sources);
  for (const { name, output } of bundles) {
    if (!isOlder(output, changed)) continue;
    step(`Building ${name}`, () =>
      must('vite', ['build', `packages/${name}`, '--logLevel', 'warn'], { quiet: true }),
    );
  }
  if (isOlder('packages/dashboard-service/dist/main.js', newestOf(compiled))) {
    step('Compiling the services', compile);
  }
}

/** Node runs the sources too, but what strips their types costs 45 MB and a third of the time to start. */
function compile() {
  must('tsc', ['-p', 'tsconfig.build.json'], { quiet: true });
  for (const name of compiled) {
    const dist = join(root, 'packages', name, 'dist');
    rmSync(dist, { recursive: true, force: true });
    renameSync(join(root, 'node_modules/.compiled', name, 'src'), dist);
  }
  rmSync(join(root, 'node_modules/.compiled'), { recursive: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup();
  build({ force: true });
}
