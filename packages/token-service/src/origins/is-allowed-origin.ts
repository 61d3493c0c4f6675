import { isEmbeddingOrigin } from './is-embedding-origin.ts';

const wildcard = 'https://*.';

/**
 * Whether an `Origin` header is among a configuration's origins (CFG-4): the same text, or below `https://*.example.com`, which
 * does not cover the apex, another port or another scheme. `null` never is.
 */
export function isAllowedOrigin(origin: string, allowed: readonly string[]): boolean {
  return allowed.some((one) =>
    one.startsWith(wildcard) ? isBelow(origin, one.slice(wildcard.length)) : one === origin,
  );
}

/** `domain` without a leading dot, with its port where it has one. */
function isBelow(origin: string, domain: string): boolean {
  if (origin.includes('*') || !isEmbeddingOrigin(origin)) return false;
  return origin.startsWith('https:') && new URL(origin).host.endsWith(`.${domain}`);
}
