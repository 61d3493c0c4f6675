import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { requirements, threatIds } from './requirements.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function citations(): Map<string, string> {
  const cited = new Map<string, string>();
  const files = globSync(
    ['packages/*/{src,test}/**/*.test.ts', 'test/**/*.test.ts', 'examples/**/*.test.ts'],
    {
      cwd: root,
      exclude: (name) => name === 'node_modules' || name === 'dist',
    },
  );
  for (const file of files) {
    for (const match of readFileSync(join(root, file), 'utf8').matchAll(
      /\bverifies\(\s*'([^']+)'/g,
    )) {
      for (const id of (match[1] ?? '').split(/[ ,]+/)) cited.set(id, file);
    }
  }
  return cited;
}

describe('requirements', () => {
  const cited = citations();

  it('are known where a test cites them', () => {
    const unknown = [...cited].filter(
      ([id]) => !Object.hasOwn(requirements, id) && !threatIds.has(id),
    );
    expect(unknown).toEqual([]);
  });

  it('are cited by a test once they are built', () => {
    const uncited = Object.entries(requirements).filter(
      ([id, { status }]) => status === 'built' && !cited.has(id),
    );
    expect(uncited.map(([id]) => id)).toEqual([]);
  });

  it('are not cited while they are planned', () => {
    const early = [...cited].filter(([id]) => requirements[id]?.status === 'planned');
    expect(early).toEqual([]);
  });
});
