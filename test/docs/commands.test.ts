import { spawnSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tokenOperations } from '@vitrine/token-service';
import * as tokens from '@vitrine/tokens';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifies } from '../verifies.ts';
import { codeTables } from './code-tables.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'packages/tokens/src/cli/main.ts');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
// The page of errors is written by a program.
const pages = globSync(['docs/*.md', 'examples/*/README.md', 'packages/tokens/README.md'], {
  cwd: root,
  exclude: ['docs/errors.md'],
});

/** What the pages have of something, each once, with the page that has it first. */
function found(pattern: RegExp): (readonly [string, string])[] {
  const entries = pages.flatMap((page) =>
    [...read(page).matchAll(pattern)].map((match) => [match.slice(1).join(' '), page] as const),
  );
  return [...new Map(entries.toReversed())];
}

/** Names in backticks that are written like codes and are something else. */
const otherNames = [
  // Settings and functions of databases.
  ...['cancel_http_readonly_queries_on_client_close', 'join_use_nulls', 'max_execution_time'],
  ...['max_memory_usage', 'max_replica_delay_for_distributed_queries', 'max_result_rows'],
  ...['max_concurrent_queries_for_user', 'vitrine_query_seconds'],
  ...['pg_terminate_backend', 'session_timezone', 'statement_timeout'],
  ...['distributed_product_mode', 'skip_unavailable_shards'],
  'limit_conn',
  'caps_nearly_reached',
  'master_key_rotated',
  'master_key_rotated_before',
  'openssl_public_encrypt',
];

describe('what the pages tell people to type', () => {
  it(verifies('VAL-3', 'runs: the commands of the package of tokens'), () => {
    const [, block = ''] =
      /^```\n(wat keygen.*?)^```$/ms.exec(read('packages/tokens/README.md')) ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'commands-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const lines = block.trim().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    // TOKEN is the first that the block mints: the one that demo.key opens as a plain token.
    const script = lines.map((line) =>
      /^wat mint(?!.*signing)/.test(line) ? `TOKEN=$(${line})` : line.replace('TOKEN', '"$TOKEN"'),
    );
    writeFileSync(
      join(folder, 'run.sh'),
      ['set -e', `wat() { '${process.execPath}' '${main}' "$@"; }`, ...script].join('\n'),
    );
    const { status, stderr } = spawnSync('/bin/sh', ['run.sh'], { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr }).toMatchObject({ status: 0 });
  });

  it(verifies('VAL-3', 'has options that the commands know'), () => {
    const commands = found(/\bwat (keygen|mint|inspect|test|vectors)\b([^`\n|]*)/g);
    expect(commands.length).toBeGreaterThan(7);
    const used = commands.flatMap(([command]) => {
      const [name = ''] = command.split(' ');
      return (command.match(/--[a-z-]+/g) ?? []).map((option) => `${name} ${option}`);
    });
    const known = ['keygen', 'mint', 'test'].flatMap((name) => {
      const { stdout } = spawnSync(process.execPath, [main, name, '--help'], { encoding: 'utf8' });
      return (stdout.match(/--[a-z-]+/g) ?? []).map((option) => `${name} ${option}`);
    });
    expect(known).toEqual(expect.arrayContaining(used));
  });

  it.each(found(/\b(GET|POST|PATCH|PUT|DELETE) ((?:\/api\/v1\/wat|…)\/[^\s`]*)/g))(
    verifies('OPS-4', 'is a route: %s'),
    (route) => {
      const [method = '', path = ''] = route.split(' ');
      const ending = path.replace('…', '').replaceAll(/<(\w+)>/g, '{$1}');
      expect(
        tokenOperations.some(
          (operation) =>
            operation.method === method.toLowerCase() && operation.path.endsWith(ending),
        ),
      ).toBe(true);
    },
  );

  it.each(found(/`([a-z]+(?:_[a-z0-9]+)+)`/g))('is a code: %s', (code) => {
    const codes = codeTables.flatMap(({ rows }) => Object.keys(rows));
    expect([...codes, ...otherNames]).toContain(code);
  });

  it('calls functions that the package exports', () => {
    const blocks = ['docs/signed-mode.md', 'packages/tokens/README.md'].flatMap((page) =>
      [...read(page).matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code),
    );
    expect(blocks).toHaveLength(2);
    for (const code of blocks) {
      const called = [...code.matchAll(/await (\w+)\(/g)].map(([, name = '']) => name);
      expect(Object.keys(tokens)).toEqual(expect.arrayContaining(called));
    }
  });
});
