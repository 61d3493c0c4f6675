const longestName = 128;

/** Writes a path as a JSON pointer (RFC 6901 §3). A path through a name longer than 128 characters ends before it. */
export function pointerOf(path: readonly (string | number)[]): string {
  let pointer = '';
  for (const part of path) {
    if (typeof part === 'string' && part.length > longestName) break;
    pointer += `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }
  return pointer;
}
