/**
 * Whether a text may stand in `frame-ancestors`: one exact http(s) origin as browsers write it, or
 * `https://*.example.com`, which covers the subdomains and not the apex. Never `*`, never `null`.
 */
export function isEmbeddingOrigin(text: string): boolean {
  const isWildcard = text.startsWith('https://*.');
  const exact = isWildcard ? text.replace('*', 'any') : text;
  if (!URL.canParse(exact)) return false;
  const { origin, protocol, hostname } = new URL(exact);
  if (origin !== exact || (protocol !== 'https:' && protocol !== 'http:')) return false;
  if (hostname.split('.').some((label) => label === '' || label.includes('*'))) return false;
  // A wildcard over a whole top-level domain is everybody.
  return !isWildcard || (hostname.split('.').length >= 3 && !isAddress(hostname));
}

function isAddress(hostname: string): boolean {
  return /^[\d.]+$/.test(hostname.replace(/^any\./, ''));
}
