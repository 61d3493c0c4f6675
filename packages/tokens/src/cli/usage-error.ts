/** The command line is wrong, or names a file or server that cannot be read. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
