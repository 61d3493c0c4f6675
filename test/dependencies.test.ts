import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { verifies } from './verifies.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** `name@version` of each package in the lock file. */
const locked = Array.from(
  /^packages:\n(.*?)^\S/ms
    .exec(read('pnpm-lock.yaml'))?.[1]
    ?.matchAll(/^ {2}'?(@?[^@\s]+@[^:'\s]+)'?:$/gm) ?? [],
  ([, name = '']) => name,
);
/** Packages whose install scripts we have decided about: `true` may run, `false` may not. */
const decided = Array.from(
  /^allowBuilds:\n((?: {2}.*\n)*)/m
    .exec(read('pnpm-workspace.yaml'))?.[1]
    ?.matchAll(/^ {2}'?([^:']+)'?:/gm) ?? [],
  ([, name]) => name,
);

interface Component {
  readonly name: string;
  readonly group?: string;
  readonly version: string;
}

describe('dependencies', () => {
  it(
    verifies('I-5', 'stand in the bill of materials, each that the lock file has and no other'),
    () => {
      const { stdout, status } = spawnSync('node', ['scripts/sbom.mjs'], {
        ...{ cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
      });
      expect(status).toBe(0);
      const { bomFormat, components } = JSON.parse(stdout) as {
        bomFormat: string;
        components: Component[];
      };
      expect(bomFormat).toBe('CycloneDX');
      const listed = components
        .filter(({ group }) => group !== '@vitrine')
        .map(({ name, group, version }) => `${group ? `${group}/` : ''}${name}@${version}`);
      expect(locked.length).toBeGreaterThan(100);
      expect(listed.sort()).toEqual(locked.sort());
    },
  );

  it(verifies('I-5', 'run no script when they are installed, but those that are listed'), () => {
    const folders = globSync('node_modules/.pnpm/*/node_modules/{*,@*/*}/package.json', {
      cwd: root,
    });
    const withScripts = folders.flatMap((file) => {
      const { name, version, scripts = {} } = JSON.parse(read(file));
      const isLocked = locked.includes(`${name}@${version}`);
      const runs =
        ['preinstall', 'install', 'postinstall'].some((script) => script in scripts) ||
        existsSync(join(root, dirname(file), 'binding.gyp'));
      return isLocked && runs ? [name] : [];
    });
    expect(folders.length).toBeGreaterThan(100);
    expect(withScripts).toContain('node');
    expect([...new Set(withScripts)].filter((name) => !decided.includes(name))).toEqual([]);
  });

  it(verifies('I-5', 'come with a hash each'), () => {
    const hashes = read('pnpm-lock.yaml').match(/resolution: \{integrity: sha512-/g);
    expect(hashes).toHaveLength(locked.length);
  });
});
