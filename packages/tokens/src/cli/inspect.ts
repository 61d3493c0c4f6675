import { readHeader } from '../read-header.ts';
import { splitToken } from '../split-token.ts';
import { readOptions } from './read-options.ts';
import { readToken } from './read-text.ts';
import type { Command, ExitCode, Terminal } from './terminal.ts';

const help = `wat inspect TOKEN [--json]

Prints the header of a token. Needs no key, and shows no claims. TOKEN may be - for stdin.

  --json   print {header, characters, segments}`;

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const json = { type: 'boolean', default: false } as const;
  const { values, argument } = readOptions(args, { json }, { maxArguments: 1 });
  const token = await readToken(argument, terminal);
  const header = readHeader(token);
  const segments = Object.fromEntries(
    Object.entries(splitToken(token)).map(([name, text]: [string, string]) => [name, text.length]),
  );
  if (values.json) {
    terminal.out(JSON.stringify({ header, characters: token.length, segments }));
    return 0;
  }
  for (const [name, value] of Object.entries(header)) terminal.out(`${name}: ${value}`);
  terminal.out(`${token.length} characters`);
  return 0;
}

export const inspect: Command = { help, run };
