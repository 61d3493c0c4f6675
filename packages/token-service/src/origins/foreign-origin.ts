import type { IncomingMessage } from 'node:http';

/**
 * The origin of the page behind a request; undefined for pages of this service and for what comes from no page. A page can
 * choose neither its `Origin` nor `Sec-Fetch-Site` nor `Host`. `ownOrigin`: where browsers reach this service, in case a proxy
 * changes the host.
 */
export function foreignOriginOf(
  { headers }: Pick<IncomingMessage, 'headers'>,
  ownOrigin?: string,
): string | undefined {
  const { origin, host } = headers;
  if (origin === undefined || headers['sec-fetch-site'] === 'same-origin') return undefined;
  const own = [ownOrigin, `http://${host}`, `https://${host}`];
  return own.includes(origin) ? undefined : origin;
}
