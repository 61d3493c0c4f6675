/** Form of a configuration's id. */
export const kidPattern = /^[0-9a-f]{24}$/;

/** The longest header that a token of ours has, base64url characters, with room to spare. */
const maxHeaderCharacters = 1024;

/**
 * The `kid` that a token's header names; undefined where it cannot be read. It is public and proves nothing: it
 * only chooses who may frame the page.
 */
export function kidOf(token: string): string | undefined {
  const end = token.indexOf('.');
  if (end < 1 || end > maxHeaderCharacters || !/^[A-Za-z0-9_.-]+$/.test(token)) return undefined;
  try {
    const header: unknown = JSON.parse(Buffer.from(token.slice(0, end), 'base64url').toString());
    const { kid } = Object(header) as { kid?: unknown };
    return typeof kid === 'string' && kidPattern.test(kid) ? kid : undefined;
  } catch {
    return undefined;
  }
}
