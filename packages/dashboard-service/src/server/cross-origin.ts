import type { IncomingMessage } from 'node:http';
import { foreignOriginOf, redactError, type TokenService } from '@vitrine/token-service';
import type { Logger } from 'pino';

/** The viewer plane: what a page that shows dashboards without a frame asks for. Never the admin plane. */
const viewerPaths =
  /^\/api\/(?:v1\/(?:(?:wat|web-access-tokens)\/sessionToken|session|dashboards|dashboards\/.+|themes\/[0-9a-f]{24})|datasources\/.+)$/;

/** Of a preflight (Fetch standard, CORS protocol). Credentials are never allowed: there are no cookies here. */
export const preflightHeaders: readonly string[] = [
  ...['Access-Control-Allow-Methods', 'GET, POST, DELETE'],
  ...[
    'Access-Control-Allow-Headers',
    'Authorization, Content-Type, Embed-Language, Embed-Theme, Initialiser',
  ],
  ...['Access-Control-Max-Age', '600'],
];

const exposed = 'Content-Disposition, Request-Id, Retry-After';

/** Undefined where a request needs none: it comes from no page, from a page of this service, or asks for no such path. */
export function askingOrigin(request: IncomingMessage, ownOrigin?: string): string | undefined {
  const { url = '' } = request;
  const origin = foreignOriginOf(request, ownOrigin);
  if (origin === undefined) return undefined;
  const query = url.indexOf('?');
  return viewerPaths.test(query === -1 ? url : url.slice(0, query)) ? origin : undefined;
}

/** Headers that let a page read an answer; none where no configuration names its origin, or where that cannot be told (F-9). */
export async function crossOriginHeaders(
  origin: string,
  { embeds }: Pick<TokenService, 'embeds'>,
  log: Logger,
): Promise<readonly string[]> {
  const isKnown = await embeds(origin).catch((error: unknown) => {
    log.error({ event: 'origins_unread', err: redactError(error) }, 'origins could not be read');
    return false;
  });
  if (!isKnown) return [];
  return [
    ...['Access-Control-Allow-Origin', origin, 'Vary', 'Origin'],
    ...['Access-Control-Expose-Headers', exposed],
  ];
}
