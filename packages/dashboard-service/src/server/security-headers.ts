import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Headers of every response. The content security policy here is that of responses which are no pages;
 * pages set their own. Framing is decided by `frame-ancestors` alone, so X-Frame-Options stays away, and the
 * opener policy too, since a share link may be opened by any page.
 */
export function securityHeaders(): RequestHandler[] {
  return [
    helmet({
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
    }),
    (_request, response, next) => {
      response.set('Cache-Control', 'no-store');
      next();
    },
  ];
}
