import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifies } from '../verifies.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = (path: string) => join(root, 'examples/open', path);
const wat = join(root, 'packages/tokens/src/cli/main.ts');
const vectors = spawnSync('node', [wat, 'vectors'], { maxBuffer: 16 * 1024 * 1024 }).stdout;

const python = '/usr/bin/python3';
const openers = [
  {
    program: 'python/check.py',
    command: [python],
    probe: [python, '-c', 'import cryptography'],
    packages: 'python3-cryptography',
  },
  {
    program: 'go/check.go',
    command: ['go', 'run'],
    probe: ['go', 'version'],
    packages: 'golang-go',
  },
] as const;
type Opener = (typeof openers)[number];

const run = ([command = '', ...args]: readonly string[], input = vectors) =>
  spawnSync(command, args, {
    input,
    encoding: 'utf8',
    env: { ...process.env, GO111MODULE: 'off' },
  });

function skipReason({ probe, packages }: Opener): string | undefined {
  if (process.env.CI || run(probe).status === 0) return undefined;
  return `needs the Debian packages ${packages}`;
}

describe.each(openers)('the opener $program', (opener) => {
  it(verifies('VAL-5 A-3 A-4', 'takes and refuses the vectors as they say'), ({ skip }) => {
    const reason = skipReason(opener);
    if (reason !== undefined) skip(reason);
    const { status, stdout, stderr } = run([...opener.command, file(opener.program)]);
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'all right\n', stderr: '' });
  });
});

describe('an opener that leaves out a check', () => {
  it.for([
    ['another spelling', '.decode() == segment', '.decode()', 'spelling-tag-bits'],
    ['bytes after the stream', ' and not stream.unused_data', '', 'zip-trailing'],
    ['the size of the claims', 'len(text) <= MAX_TEXT and stream.eof', 'True', 'zip-bomb'],
    [
      'names that stand twice',
      'object_pairs_hook=unique',
      'object_pairs_hook=dict',
      'header-duplicate-alg',
    ],
    ['the length of the content key', 'len(content_key) == 16', 'True', 'key-long'],
    ['the mask of OAEP', 'MGF1(SHA256())', 'MGF1(SHA1())', 'compressed'],
  ] as const)(verifies('VAL-5', 'is told by the vectors: %s'), ([, from, to, name], { skip }) => {
    const [opener] = openers;
    const reason = skipReason(opener);
    if (reason !== undefined) skip(reason);
    const source = readFileSync(file(opener.program), 'utf8');
    const changed = source.replace(from, to).replace('import SHA256', 'import SHA1, SHA256');
    expect(source).toContain(from);
    const folder = mkdtempSync(join(tmpdir(), 'opener-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'check.py'), changed);
    const { status, stdout } = run([...opener.command, join(folder, 'check.py')]);
    expect(status).toBe(1);
    expect(stdout.split('\n')).toContain(name);
  });
});
