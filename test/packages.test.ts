import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Who may import whom at run time: what a package lists in `dependencies` must stand here. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  claims: [],
  tokens: ['claims'],
  jaql: ['claims'],
  engines: ['jaql'],
  charts: [],
  export: ['charts'],
  'token-service': ['claims', 'tokens'],
  'dashboard-service': ['charts', 'claims', 'engines', 'export', 'jaql', 'token-service', 'tokens'],
  protocol: [],
  embed: ['protocol'],
  viewer: ['charts', 'protocol'],
};

const packages = globSync('packages/*/package.json', { cwd: root }).map((file) => ({
  name: file.split('/')[1] ?? '',
  manifest: JSON.parse(readFileSync(join(root, file), 'utf8')),
}));

describe('import direction', () => {
  it.each(packages)('$name lists only packages it may import', ({ name, manifest }) => {
    const own = Object.keys(manifest.dependencies ?? {})
      .filter((dependency) => dependency.startsWith('@vitrine/'))
      .map((dependency) => dependency.slice('@vitrine/'.length));
    expect(own.filter((dependency) => !allowed[name]?.includes(dependency))).toEqual([]);
  });

  it.each(packages)('$name imports at run time only what it lists', ({ name, manifest }) => {
    const files = globSync(`packages/${name}/src/**/*.ts`, { cwd: root }).filter(
      (file) => !file.includes('.test.'),
    );
    const listed = Object.keys(manifest.dependencies ?? {});
    const stray = files.flatMap((file) =>
      [
        ...readFileSync(join(root, file), 'utf8').matchAll(
          /^(?:import|export) (?!type )[^;]*?from '(@vitrine\/[^'/]+)/gm,
        ),
      ]
        .map((match) => match[1] ?? '')
        .filter((dependency) => dependency !== `@vitrine/${name}` && !listed.includes(dependency))
        .map((dependency) => `${file}: ${dependency}`),
    );
    expect(stray).toEqual([]);
  });
});
