import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { verifies } from '../verifies.ts';
import { codeTables } from './code-tables.ts';
import { catalogueFile, errorCatalogue } from './error-catalogue.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Sources where a code counts as used: not tests, not the tables themselves, not their translations. */
const tables =
  /-error\.ts$|\/codes\/|problem-kinds\.ts$|\/i18n\/|\/vectors\/|\/testing\/|\.test\.ts$/;
const sources = globSync('packages/*/src/**/*.ts', { cwd: root })
  .filter((file) => !tables.test(file))
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');

const codes = [...new Set(codeTables.flatMap(({ rows }) => Object.keys(rows)))];

describe('the catalogue of codes', () => {
  it(verifies('VAL-2 OPS-4', 'is what the tables in the code say'), () => {
    expect(readFileSync(catalogueFile, 'utf8')).toBe(errorCatalogue());
  });

  it.each(codes)(verifies('VAL-2', 'lists no code that nothing uses: %s'), (code) => {
    expect(sources.includes(`'${code}'`)).toBe(true);
  });

  it('knows every error class of the packages', () => {
    const known = codeTables.map(({ intro }) => intro).join('\n');
    const files = globSync('packages/*/src/**/*.ts', { cwd: root });
    const classes = files.flatMap((file) =>
      [
        ...readFileSync(join(root, file), 'utf8').matchAll(/^export class (\w+) extends Error/gm),
      ].map(([, name = '']) => name),
    );
    // What answers of the services are made of, the viewer's own, and two that end a command or a start with a sentence.
    const elsewhere = ['StacklessError', 'ViewerError', 'UsageError', 'EnvironmentError'];
    expect(classes.filter((name) => !known.includes(name) && !elsewhere.includes(name))).toEqual(
      [],
    );
  });
});
