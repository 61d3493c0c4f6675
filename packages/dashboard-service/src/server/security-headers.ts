import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet from 'helmet';

const protect = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginOpenerPolicy: false,
  crossOriginEmbedderPolicy: false,
  crossOriginResourcePolicy: { policy: 'same-origin' },
  referrerPolicy: { policy: 'no-referrer' },
  xFrameOptions: false,
  // TLS ends in front of this service; whoever ends it sets this header.
  strictTransportSecurity: false,
});

/**
 * Headers of every response. The content security policy here is that of responses which are no pages;
 * pages set their own. Framing is decided by `frame-ancestors` alone, so X-Frame-Options stays away, and the
 * opener policy too, since a share link may be opened by any page.
 */
export const answerHeaders = new Map<string, string>([
  ...headersOf(protect),
  ['Cache-Control', 'no-store'],
]);

/** What a middleware sets; none of these headers depends on the request. */
function headersOf(middleware: typeof protect): [name: string, value: string][] {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  middleware(request, response, (error) => {
    if (error !== undefined) throw error;
  });
  return Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
}
