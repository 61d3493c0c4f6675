import { isId, maxTokenLength } from '@vitrine/protocol';

/**
 * The configuration that a token names in its header (RFC 7516 §7.1, first segment), or `undefined` where the text is
 * no such token. Reads nothing else: the rest is encrypted, and the service's to check.
 */
export function kidOf(wat: string): string | undefined {
  if (wat.length > maxTokenLength) return undefined;
  try {
    const header = wat.slice(0, wat.indexOf('.')).replaceAll('-', '+').replaceAll('_', '/');
    const { kid } = JSON.parse(atob(header)) as { kid?: unknown };
    return isId(kid) ? kid : undefined;
  } catch {
    return undefined;
  }
}
