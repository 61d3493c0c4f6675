import { readFile } from 'node:fs/promises';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** The text of a file, or of standard input for `-`. Throws `UsageError` where it cannot be read. */
export async function readText(source: string, terminal: Terminal): Promise<string> {
  if (source === '-') return terminal.readStdin();
  try {
    return await readFile(source, 'utf8');
  } catch (cause) {
    throw new UsageError(`Cannot read ${source}.`, { cause });
  }
}

/** A token given as an argument, or on standard input for `-`. Throws `UsageError` where there is none. */
export async function readToken(argument: string | undefined, terminal: Terminal): Promise<string> {
  if (argument === undefined) throw new UsageError('Give a token, or - to read it from stdin.');
  return argument === '-' ? (await terminal.readStdin()).trim() : argument;
}

/** Throws `UsageError` where more than one source is standard input, which can be read only once. */
export function checkStdinOnce(...sources: readonly (string | undefined)[]): void {
  if (sources.filter((source) => source === '-').length > 1) {
    throw new UsageError('Only one input can be read from stdin.');
  }
}
