import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkSync } from 'recheck';
import { parseSync, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';
import { verifies } from './verifies.ts';

const packages = fileURLToPath(new URL('../packages/', import.meta.url));

interface Place {
  readonly source: string;
  readonly flags: string;
  readonly at: string;
}

/** Every regular expression that is written down in what we ship. */
function regexLiterals(): Place[] {
  const files = readdirSync(packages, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /^[^/]+\/src\/.+\.ts$/.test(path) && !/\.test\.ts$|\/testing\//.test(path),
  );
  return files.flatMap((path) => {
    const text = readFileSync(packages + path, 'utf8');
    const found: Place[] = [];
    const visitor = new Visitor({
      Literal(node) {
        if (!('regex' in node)) return;
        const line = text.slice(0, node.start).split('\n').length;
        found.push({ source: node.regex.pattern, flags: node.regex.flags, at: `${path}:${line}` });
      },
    });
    visitor.visit(parseSync(path, text).program);
    return found;
  });
}

describe('regular expressions', () => {
  it(verifies('B-8', 'take a time that hostile text cannot blow up'), { timeout: 300_000 }, () => {
    process.env.RECHECK_BACKEND = 'pure';
    const literals = regexLiterals();
    expect(literals.length).toBeGreaterThan(50);
    const verdicts = new Map<string, string>();
    for (const { source, flags } of literals) {
      const key = `/${source}/${flags}`;
      if (!verdicts.has(key)) verdicts.set(key, checkSync(source, flags).status);
    }
    const flawed = literals
      .map(
        ({ source, flags, at }) =>
          `${verdicts.get(`/${source}/${flags}`)} ${at} /${source}/${flags}`,
      )
      .filter((verdict) => !verdict.startsWith('safe'));
    expect(flawed).toEqual([]);
  });
});
