import { readVectors } from '../vectors/read-vectors.ts';
import { readOptions } from './read-options.ts';
import type { Command, ExitCode, Terminal } from './terminal.ts';

const help = `wat vectors

Prints test vectors as JSON, with the key pair and the clock to check them with: tokens that open, and tokens that must
be refused with the code that stands beside them. The key pair is published: never register it anywhere.`;

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  readOptions(args, {});
  terminal.out(JSON.stringify(await readVectors(), null, 1));
  return 0;
}

export const vectors: Command = { help, run };
