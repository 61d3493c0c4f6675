import { createHash } from 'node:crypto';

/** Longer parts of a URL are taken for a token or a secret. Ids have 24, session ids 52 characters. */
const maxPlainCharacters = 64;
const kidPattern = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * A URL as it may stand in a log: the segment behind `/wat/`, and any other part too long for an id,
 * becomes `<kid>~<hash>`. The short hash tells equal tokens from different ones. Never throws.
 */
export function redactUrl(url: string): string {
  return url
    .split(/([/?&=#;,])/)
    .map((part, index, parts) => {
      const followsWat = index === 4 && parts[0] === '' && parts[2] === 'wat';
      return followsWat || part.length > maxPlainCharacters ? redactPart(part) : part;
    })
    .join('');
}

function redactPart(part: string): string {
  if (part === '') return part;
  const hash = createHash('sha256').update(part).digest('hex').slice(0, 8);
  return `${kidOf(part) ?? ''}~${hash}`;
}

function kidOf(token: string): string | undefined {
  const end = token.indexOf('.');
  if (end < 1 || end > 1024) return undefined;
  try {
    const header: unknown = JSON.parse(Buffer.from(token.slice(0, end), 'base64url').toString());
    const { kid } = Object(header) as { kid?: unknown };
    return typeof kid === 'string' && kidPattern.test(kid) ? kid : undefined;
  } catch {
    return undefined;
  }
}
