import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

/** Reads options and at most `maxArguments` arguments. Throws `UsageError`. */
export function readOptions<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  { maxArguments = 0 }: { maxArguments?: number } = {},
) {
  const { values, positionals } = parse(args, options);
  if (positionals.length > maxArguments) throw new UsageError('There is an argument too many.');
  return { values, argument: positionals[0] };
}

function parse<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : 'Unknown option.', { cause });
  }
}
