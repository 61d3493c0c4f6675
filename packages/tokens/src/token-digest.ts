import { base64url } from 'jose';

// WebCrypto hands each hash to a thread, which costs far more than the hash. Asked for at run time, so that the
// package still loads where there is no Node.
const node = globalThis.process?.getBuiltinModule?.('node:crypto');

/** base64url of SHA-256 over the decoded bytes of all segments. */
export async function tokenDigest(segments: readonly string[]): Promise<string> {
  if (node === undefined) return webDigest(segments);
  const hash = node.createHash('sha256');
  for (const segment of segments) hash.update(segment, 'base64url');
  return hash.digest('base64url');
}

/** The same by WebCrypto alone. */
export async function webDigest(segments: readonly string[]): Promise<string> {
  const parts = segments.map((segment) => base64url.decode(segment));
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}
