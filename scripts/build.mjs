/** Bundles what browsers load (the viewer and the element) where a source is newer than the bundle. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { must, root, setup, step } from './setup.mjs';

const bundles = [
  { name: 'viewer', output: 'packages/viewer/dist/index.html' },
  { name: 'embed', output: 'packages/embed/dist/vitrine-embed.js' },
];
const sources = ['protocol', 'charts', 'claims', 'viewer', 'embed'];

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name === 'test') continue;
    const path = join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}

export function build({ force = false } = {}) {
  const changed = Math.max(...sources.map((name) => newest(join(root, 'packages', name))));
  for (const { name, output } of bundles) {
    const path = join(root, output);
    if (!force && existsSync(path) && statSync(path).mtimeMs > changed) continue;
    step(`Building ${name}`, () =>
      must('vite', ['build', `packages/${name}`, '--logLevel', 'warn'], { quiet: true }),
    );
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setup();
  build({ force: true });
}
