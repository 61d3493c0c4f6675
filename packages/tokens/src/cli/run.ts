import { TokenError } from '../token-error.ts';
import { inspect } from './inspect.ts';
import { keygen } from './keygen.ts';
import { mint } from './mint.ts';
import { printFindings } from './print-findings.ts';
import type { Command, ExitCode, Terminal } from './terminal.ts';
import { test } from './test.ts';
import { UsageError } from './usage-error.ts';
import { vectors } from './vectors.ts';

const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({ keygen, mint, inspect, test, vectors }),
);

const help = `wat COMMAND

  keygen    write a new key pair
  mint      make a token
  inspect   show the header of a token
  test      find out what is wrong with a token
  vectors   print test vectors for other implementations

wat COMMAND --help tells more. Exit codes: 0 good, 1 findings, 2 usage.`;

/** Runs one command line and says how it went. */
export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name = '', ...rest] = args;
  if (name === '--help' || name === 'help') {
    terminal.out(help);
    return 0;
  }
  const command = commands.get(name);
  if (command === undefined) {
    terminal.err(help);
    return 2;
  }
  if (rest.includes('--help')) {
    terminal.out(command.help);
    return 0;
  }
  try {
    return await command.run(rest, terminal);
  } catch (error) {
    return explain(error, rest.includes('--json'), terminal);
  }
}

function explain(error: unknown, json: boolean, terminal: Terminal): ExitCode {
  if (error instanceof UsageError) {
    terminal.err(error.message);
    return 2;
  }
  if (!(error instanceof TokenError)) throw error;
  const { code, message, findings } = error;
  if (json) terminal.out(JSON.stringify({ error: { code, message }, findings }));
  else {
    terminal.err(`${code}: ${message}`);
    printFindings(findings, terminal.err);
  }
  return 1;
}
